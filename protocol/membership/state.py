"""What the statements about a dossier mean: who holds it, who may read it and give its keys, whose rows count. Pure.

A log is believed only as far as every step in it was one that its author could take; who signed it is verified before.
The server folds it with the same code as the laptops. Sources: docs/adr/0034-a-dossier-knows-its-members.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import repeat
from types import MappingProxyType

from msgspec import UNSET

from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.limits import LONGEST_HANDOVER, MOST_STATEMENTS
from protocol.membership.transfer import ENDS, Transfer
from protocol.messages.membership import NO_PREDECESSOR, MembershipStatement, MembershipStep, digest_of
from protocol.messages.stream_cuts import StreamCut, unpack_cuts

_NEXT: Mapping[MembershipStep | None, frozenset[MembershipStep]] = MappingProxyType(
    {
        None: frozenset({MembershipStep.OFFERED, MembershipStep.RENEWED}),
        MembershipStep.OFFERED: frozenset({MembershipStep.RECEIVED, MembershipStep.WITHDRAWN, MembershipStep.RENEWED}),
        MembershipStep.RECEIVED: frozenset({MembershipStep.ACCEPTED, MembershipStep.RETURNED, MembershipStep.RENEWED}),
    }
)
"""Which step may follow the newest one of the open transfer; None where none is open."""

_BY_HOLDER = frozenset({MembershipStep.OFFERED, MembershipStep.WITHDRAWN, MembershipStep.RENEWED})
BEGINS_EPOCH = frozenset({MembershipStep.ACCEPTED, MembershipStep.WITHDRAWN, MembershipStep.RENEWED})
"""The steps after which rows are sealed under fresh keys."""
_ALONE = frozenset({MembershipStep.CREATED, MembershipStep.RENEWED})
_TO_ANOTHER = frozenset({MembershipStep.OFFERED, MembershipStep.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class DossierMembership:
    """Where a log stands. Made by `begin_membership` and `after`; a member is who holds the dossier or is offered it.

    `newest` is the digest of the last statement, by which the next one names it. `readers` are, by epoch, the
    organisations that were members in it, and `keys` the ids of those it is sealed under, none where they were not
    said; `cuts` are the last rows that count of each organisation that is no member any more.
    """

    dossier: DossierId
    holder: OrganisationId
    epoch: int
    statements: tuple[MembershipStatement, ...]
    newest: bytes
    transfer: Transfer | None = None
    readers: Mapping[int, frozenset[OrganisationId]] = field(default_factory=dict)
    keys: Mapping[int, frozenset[str]] = field(default_factory=dict)
    cuts: Mapping[OrganisationId, Mapping[str, StreamCut]] = field(default_factory=dict)

    @property
    def open_transfer(self) -> Transfer | None:
        """Return the transfer that is under way, None when none is."""
        return self.transfer if self.transfer is not None and self.transfer.is_open else None

    @property
    def members(self) -> frozenset[OrganisationId]:
        """Return the organisations that are in the dossier now."""
        under_way = self.open_transfer
        return frozenset({self.holder} if under_way is None else {self.holder, under_way.recipient})

    def may_give(self, organisation: OrganisationId, epoch: int) -> bool:
        """Tell whether keys of `epoch` are taken from `organisation`: it was a member while that epoch was the newest.

        An epoch that no statement began yet is nobody's.
        """
        return organisation in self.readers.get(epoch, frozenset())

    def was_member(self, organisation: OrganisationId) -> bool:
        """Tell whether `organisation` is in the dossier or was."""
        return organisation in self.members or organisation in self.cuts

    def epoch_after(self, step: MembershipStep) -> int:
        """Return the epoch of the keys once `step` is taken: one more where a step begins one."""
        return self.epoch + (step in BEGINS_EPOCH)

    def after(self, statement: MembershipStatement, digest: bytes | None = None) -> "DossierMembership":
        """Return where the log stands after one more statement, whose signature is verified already.

        `digest` is that of the statement, where it is known. Raises UserError `membership.gap` where it is not the next
        one, `membership.forked` where it names another predecessor, `membership.not_yours` for another organisation's
        step, `membership.wrong_step` (detail `step`: where the log is) for a step or an epoch that cannot follow and
        for keys of a step that makes none, `membership.log_full` where there is no room for it and what it leads to,
        and `sync.message_broken` for broken heads.
        """
        self._require_next(statement)
        self._require_room(statement)
        self._require_step(statement)
        heads = unpack_cuts(statement.heads, "sync.message_broken")
        transfer = self._transfer_after(statement)
        holder = statement.organisation if statement.step is MembershipStep.ACCEPTED else self.holder
        after = replace(
            self,
            holder=holder,
            epoch=statement.epoch,
            statements=(*self.statements, statement),
            newest=digest or digest_of(statement),
            transfer=transfer,
            cuts=self._cuts_after(statement, heads),
        )
        known = self.readers.get(statement.epoch, frozenset())
        keys = {**self.keys, statement.epoch: _keys_of(statement)} if statement.step in BEGINS_EPOCH else self.keys
        return replace(after, readers={**self.readers, statement.epoch: known | after.members}, keys=keys)

    def _require_next(self, statement: MembershipStatement) -> None:
        if statement.dossier != self.dossier or statement.number != len(self.statements) + 1:
            raise UserError("membership.gap")
        if statement.previous != self.newest:
            raise UserError("membership.forked")

    def _require_room(self, statement: MembershipStatement) -> None:
        goes_on = statement.step is MembershipStep.RENEWED and self.open_transfer is not None
        needed = LONGEST_HANDOVER if goes_on or statement.step is MembershipStep.OFFERED else 1
        if len(self.statements) + needed > MOST_STATEMENTS:
            raise UserError("membership.log_full")

    def _require_step(self, statement: MembershipStatement) -> None:
        under_way = self.open_transfer
        step = None if under_way is None else under_way.step
        if statement.step not in _NEXT[step] or statement.epoch != self.epoch_after(statement.step):
            raise UserError("membership.wrong_step", {"step": self.statements[-1].step.value})
        if statement.keys is not UNSET and statement.step not in BEGINS_EPOCH:
            raise UserError("membership.wrong_step", {"step": self.statements[-1].step.value})
        recipient = statement.recipient
        if under_way is not None and statement.step not in _ALONE:
            recipient = under_way.recipient
        author = self.holder if statement.step in _BY_HOLDER else recipient
        if statement.organisation != author or statement.recipient != recipient:
            raise UserError("membership.not_yours")
        if (statement.recipient == statement.organisation) is (statement.step in _TO_ANOTHER):
            raise UserError("membership.not_yours")

    def _transfer_after(self, statement: MembershipStatement) -> Transfer | None:
        if statement.step is MembershipStep.OFFERED:
            return Transfer(self.dossier, self.holder, statement.recipient, (statement,))
        if self.transfer is None or statement.step in _ALONE:
            return self.transfer
        return replace(self.transfer, statements=(*self.transfer.statements, statement))

    def _cuts_after(
        self, statement: MembershipStatement, heads: Mapping[str, StreamCut]
    ) -> Mapping[OrganisationId, Mapping[str, StreamCut]]:
        """Return the cuts: who comes in (again) has none, who goes out has the heads of the statement that says so."""
        if statement.step is MembershipStep.OFFERED:
            return {each: cut for each, cut in self.cuts.items() if each != statement.recipient}
        if statement.step is MembershipStep.ACCEPTED:
            return {**self.cuts, self.holder: heads}
        if statement.step in ENDS:
            return {**self.cuts, statement.recipient: heads}
        return self.cuts


def begin_membership(first: MembershipStatement, digest: bytes | None = None) -> DossierMembership:
    """Return where a log of the one statement `first` stands, whose `digest` may be known.

    Raises UserError `membership.gap` or `membership.wrong_step` unless it is one that begins a log.
    """
    if first.number != 1 or first.previous != NO_PREDECESSOR:
        raise UserError("membership.gap")
    if first.step is not MembershipStep.CREATED or first.recipient != first.organisation:
        raise UserError("membership.wrong_step", {"step": ""})
    unpack_cuts(first.heads, "sync.message_broken")
    readers = {first.epoch: frozenset({first.organisation})}
    newest = digest or digest_of(first)
    keys = {first.epoch: _keys_of(first)}
    return DossierMembership(
        first.dossier, first.organisation, first.epoch, (first,), newest, readers=readers, keys=keys
    )


def membership_of(
    statements: Iterable[MembershipStatement], digests: Iterable[bytes | None] = repeat(None)
) -> DossierMembership:
    """Return where a log stands, its first statement first; `digests` are those of the statements, where known.

    Raises as `begin_membership` and `after`.
    """
    (first, digest), *others = zip(statements, digests, strict=False)
    state = begin_membership(first, digest)
    for statement, known in others:
        state = state.after(statement, known)
    return state


def visible_to(
    organisation: OrganisationId, statements: Iterable[MembershipStatement]
) -> tuple[MembershipStatement, ...]:
    """Return `statements` up to the last one that is about `organisation`: all of them while it is a member.

    Raises as `membership_of`; UserError `membership.gap` where none is about it.
    """
    first, *others = statements
    state, known = begin_membership(first), [first]
    concerned = int(organisation in state.members)
    for statement in others:
        before, state = state, state.after(statement)
        known.append(statement)
        if organisation in before.members | state.members:
            concerned = len(known)
    if not concerned:
        raise UserError("membership.gap")
    return tuple(known[:concerned])


def _keys_of(statement: MembershipStatement) -> frozenset[str]:
    return frozenset() if statement.keys is UNSET else frozenset(statement.keys)
