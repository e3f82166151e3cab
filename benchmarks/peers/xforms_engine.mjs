// The ODK Web Forms engine as a process: one JSON command per line in, one JSON answer per line out.
//
// Times are taken here, around the engine alone, in milliseconds: the pipe and the JSON are not in them. The engine is
// reactive and partly lazy, so a change counts until the values named in `read` have been read.

import { File } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { JSDOM } from 'jsdom';

const window = new JSDOM('<html></html>', { url: 'http://localhost/' }).window;
globalThis.File ??= File; // node 18 keeps these two to itself
globalThis.crypto ??= webcrypto;
const names = [
  'window', 'document', 'DOMParser', 'XMLSerializer', 'Node', 'Element', 'Attr', 'Text', 'Comment', 'CDATASection',
  'Document', 'XMLDocument', 'DocumentType', 'ProcessingInstruction', 'HTMLElement', 'XPathResult', 'XPathExpression',
  'XPathEvaluator', 'NodeFilter', 'NamedNodeMap', 'CharacterData', 'localStorage', 'DOMException', 'TreeWalker',
  'NodeList', 'DocumentFragment',
];
for (const name of names) {
  if (!(name in globalThis)) {
    const value = name === 'window' ? window : window[name];
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

// The published bundle is meant for browsers: its tree-sitter takes a node branch that needs __dirname, which an ES
// module does not have. While it loads it must not see that this is node.
const real = globalThis.process;
globalThis.process = new Proxy(real, {
  get: (target, key) => (key === 'versions' ? { ...target.versions, node: undefined } : Reflect.get(target, key)),
});
const { loadForm } = await import('@getodk/xforms-engine');
globalThis.process = real;

const nothing = { fetchFormAttachment: async () => new Response('', { status: 404 }) };
let nodes = {};

function gather(node) {
  const name = node.currentState.reference.split('/').pop().replace(/\[\d+\]$/, '');
  (nodes[name] ??= []).push(node);
  for (const child of node.currentState.children ?? []) gather(child);
}

async function load({ path }) {
  const xml = readFileSync(path, 'utf8');
  const start = performance.now();
  const form = await loadForm(xml, nothing);
  if (form.status === 'failure') throw new Error(form.error.message);
  const { root } = form.createInstance();
  const ms = performance.now() - start;
  nodes = {};
  gather(root);
  return { ms };
}

function put(node, value) {
  if (node.nodeType === 'select') return node.selectValue(value);
  return node.setValue(node.valueType === 'int' ? BigInt(value) : value);
}

function reading(name) {
  const state = nodes[name].at(-1).currentState;
  return state.relevant ? String(state.value ?? '') : 'not relevant';
}

function set({ name, value, at = 0, read = [] }) {
  const node = nodes[name][at];
  const start = performance.now();
  put(node, value);
  const values = read.map(reading);
  return { ms: performance.now() - start, values };
}

function choices({ name }) {
  const node = nodes[name][0];
  const start = performance.now();
  const texts = node.currentState.valueOptions.map((option) => option.label.asString);
  return { ms: performance.now() - start, values: [String(texts.length), texts[0] ?? '', texts.at(-1) ?? ''] };
}

function add({ name, read = [] }) {
  const range = nodes[name].find((node) => node.nodeType.startsWith('repeat-range'));
  const start = performance.now();
  range.addInstances();
  const values = read.map(reading);
  const ms = performance.now() - start;
  gather(range.currentState.children.at(-1));
  return { ms, values };
}

const commands = { load, set, choices, add };
console.log(JSON.stringify({ node: real.version }));
for await (const line of createInterface({ input: real.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = await commands[command.do](command);
  } catch (error) {
    answer = { error: String(error?.message ?? error).slice(0, 300) };
  }
  console.log(JSON.stringify({ ...answer, mb: Math.round(real.memoryUsage().rss / 1e6) }));
}
real.exit(0);
