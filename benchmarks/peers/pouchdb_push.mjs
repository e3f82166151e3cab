// Replicates documents from a PouchDB of this machine to a CouchDB-like server, and prints as JSON the seconds it took, and
// those the processor worked for this side.
// Usage: node pouchdb_push.mjs DOCUMENTS FOLDER ADDRESS, where DOCUMENTS has a JSON document in each line.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import PouchDB from "pouchdb";

const [documents, folder, address] = process.argv.slice(2);
const AT_ONCE = 1000;

const local = new PouchDB(`${folder}/laptop`);
let waiting = [];
for await (const line of createInterface({ input: createReadStream(documents) })) {
  waiting.push(JSON.parse(line));
  if (waiting.length === AT_ONCE) {
    await local.bulkDocs(waiting);
    waiting = [];
  }
}
await local.bulkDocs(waiting);

const remote = new PouchDB(address);
await remote.info();
const begun = performance.now();
const before = process.cpuUsage();
const done = await local.replicate.to(remote, { batch_size: AT_ONCE });
const seconds = (performance.now() - begun) / 1000;
const used = process.cpuUsage(before);
const worked = (used.user + used.system) / 1e6;
if (!done.ok || done.doc_write_failures) throw new Error("not replicated");
console.log(JSON.stringify({ seconds, worked }));
await local.close();
