"""Keeping in step with the municipal server. It never sees an answer; local work never waits for it.

One round has three steps on two threads, so that a slow server never holds the store:

    prepare   store thread    what is to be sent: own rows, wrapped keys, statements; and how far was read
    exchange  network thread  send it, read the next page of the feed, verify who signed what
    apply     store thread    acknowledge, take in logs, keys and rows; say what changed

Failure policy: whatever fails in `exchange` raises, changes nothing, and is tried again in the next round; every
request is idempotent. A dossier that the server refuses is left out and reported, the others go on. What is not signed
by a device we trust is counted as refused and not used; nothing is deleted. A server that came back from a backup gets
everything again that it lacks, also when nobody said so.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records.journal import Journal
from desktop.services.content.known_content import KnownContent
from desktop.services.sync import directory_fetch, erasure_news
from desktop.services.sync.clock_check import ClockCheck, ClockWarning
from desktop.services.sync.feed_position import FeedPosition
from desktop.services.sync.former_devices import FormerDevices
from desktop.services.sync.key_renewals import KeyRenewals
from desktop.services.sync.known_directory import KnownDirectory, roots_of
from desktop.services.sync.last_contact import LastContact
from desktop.services.sync.own_steps import OwnSteps, still_waiting
from desktop.services.sync.page_intake import take_in
from desktop.services.sync.round_parts import SyncRequest, SyncResponse, all_sent, blocked_rows, only_sent, sends_on
from desktop.services.sync.run_bounds import RunBounds
from desktop.services.sync.steps import split_steps, take_steps
from desktop.services.sync.sync_notices import Settled, SyncNotice, SyncNotices
from desktop.sync import incoming, outgoing, pieces
from desktop.sync.client import Client
from desktop.sync.incoming import VerifiedPage
from desktop.sync.outgoing import PushProgress
from desktop.sync.pieces import PieceExchange
from desktop.sync.trust_store import KeptTrust
from desktop.vault.backup_restoring import is_certified
from desktop.vault.vault import Vault
from protocol.errors import EnvironmentProblem, OpmaatError
from protocol.times import Clock

_ENROLLED = "device.enrolled"
_LONG_DAYS = 7

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the status line says. `reached` is when the server last answered.

    `problem` is the code of the last failure, and `details` the facts of its message.
    `local_only` means that there is no server to speak to: a practice environment. `directory_days` is the age of the
    directory where it is too old to hand a case over on its word, else None; `silent_days` how long the server has not
    answered, from a week on, else None. `clock` is why the clock of this laptop is doubted, if it is. `notices` are
    what was refused and is not settled yet. `keys_left` are keys of cases that are still to be wrapped for a renewed
    key of the organisation, `cases_left` those that get fresh keys because of it.
    """

    online: bool = False
    waiting: int = 0
    reached: datetime | None = None
    problem: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    local_only: bool = False
    directory_days: int | None = None
    silent_days: int | None = None
    clock: ClockWarning | None = None
    notices: tuple[SyncNotice, ...] = ()
    keys_left: int = 0
    cases_left: int = 0


@dataclass(frozen=True, slots=True)
class SyncRound:
    """What a round came to. `again` means that there is more to fetch or send right away."""

    changes: Changes
    state: SyncState
    again: bool
    refused: tuple[str, ...] = ()


class SyncService:
    """The rounds of one open vault. `client` is None where there is no server.

    `after` is called at the end of every round, to do what follows from what was heard, and says what it changed.
    """

    def __init__(  # each is one collaborator, given by the composition root
        self,
        journal: Journal,
        vault: Vault,
        known_directory: KnownDirectory,
        clock: Clock,
        client: Client | None,
        after: Callable[[], Changes] = Changes,
        former: FormerDevices | None = None,
    ) -> None:
        self._journal = journal
        self._vault = vault
        self._known_directory = known_directory
        self._contents = KnownContent(vault)
        self._clock = clock
        self._client = client
        self._after = after
        self._former = former
        self._state = SyncState(local_only=client is None)
        self._progress: PushProgress | None = None
        self._own_too = False
        self._pieces = PieceExchange(journal.transfers)
        self._feed = FeedPosition(journal.outbox, lambda: clock.now().date())
        self._renewals = KeyRenewals(journal, vault, self._feed)
        self._bounds = RunBounds()
        self._trust = KeptTrust()
        self._notices = SyncNotices(journal.outbox, lambda: clock.now().date())
        self._clock_check = ClockCheck(journal, clock)
        self._unsent: list[str] = []
        self._steps = OwnSteps(journal)
        self._contact = LastContact(journal.outbox, clock)

    def state(self) -> SyncState:
        """Return the present state, counted anew. Store thread."""
        if self._state.local_only:
            return self._state
        rows, transfers = self._journal.outbox.waiting(), self._journal.transfers.waiting()
        directory, now = self._known_directory.directory(), self._clock.now()
        days = directory.age_in_days(now) if directory is not None and directory.is_old(now) else None
        reached = self._state.reached or self._contact.read()
        silent = 0 if reached is None or self._state.online else (now - reached).days
        self._state = replace(
            self._state,
            waiting=rows + transfers + len(self._journal.membership.waiting()),
            directory_days=days,
            reached=reached,
            silent_days=silent if silent >= _LONG_DAYS else None,
            clock=self._clock_check.warning(),
            notices=self._notices.all(),
            keys_left=self._renewals.count_left(),
            cases_left=self._journal.keys.aged.count_left(),
        )
        return self._state

    def prepare(self) -> SyncRequest | None:
        """Return what to send and from where to read, None where there is no server. Store thread.

        None also for a restored copy that its organisation does not vouch for yet; the state then says so.
        """
        if self._client is None:
            return None
        if not is_certified(self._vault):
            self._state = replace(self._state, online=False, problem="vault.not_certified", details=_NOTHING)
            return None
        renewal = self._renewals.prepare()
        keys = outgoing.collect_keys(self._journal, self._client.room)
        return SyncRequest(
            enrol=None if self._journal.outbox.cursor(_ENROLLED) else self._vault.membership.chain,
            keys=keys,
            rows=outgoing.collect(self._journal, self._vault.device, self._progress, self._client.room)
            if keys is None or keys.last
            else None,
            statements=self._steps.let_go(),
            directory=self._known_directory.directory(),
            read=self._feed.place(),
            own_too=self._own_too,
            pieces=self._pieces.next_transfer(self._client.room),
            renewal=renewal,
            former=None if self._former is None else self._former.collect(),
            known=directory_fetch.known_documents(self._journal, self._contents),
            erasures=self._journal.erasure_reports.waiting(),
            reads_on=self._bounds.reads_on,
        )

    def exchange(self, request: SyncRequest) -> SyncResponse:
        """Send and fetch. Network thread; touches no store. Raises the codes of `sync.client`, and changes nothing.

        Keys go before rows, rows before attachments, all before an offer, whose keys follow in the next round: who is
        offered a case finds all of it. What else is said goes first; see `steps`. A long run sends all, then reads.
        """
        client = self._client
        if client is None:
            raise EnvironmentProblem("sync.no_server")
        if request.enrol is not None:
            client.enrol(request.enrol)
        former = None if request.former is None or self._former is None else self._former.send(request.former)
        own = self._vault.membership.card
        before, after = split_steps(request.statements)
        steps = take_steps(client, before, self._steps.attempt)
        unwanted = () if request.keys is None else outgoing.send_keys(client, request.keys, own.id)
        progress = None if request.rows is None else outgoing.send(client, request.rows)
        if sends_on(request, progress):
            return only_sent(request, progress, steps, unwanted)
        sent = pieces.send(client, request.pieces)
        if all_sent(request.rows, progress) and not unwanted:
            held_up = steps.blocked | sent.pending | blocked_rows(progress)
            ready = [each for each in after if each.dossier not in held_up]
            steps += take_steps(client, ready, self._steps.attempt)
        data, directory, lost = directory_fetch.fetch(client, request.directory, own, reads_on=request.reads_on)
        named = directory_fetch.fetch_named(client, directory, own.root, request.known)
        renewed = self._renewals.exchange(client, request.renewal, directory)
        trusted = self._trust.store(roots_of(directory, self._vault), client.chain)
        reported = erasure_news.tell(client, request.erasures)
        page = incoming.fetch(client, trusted, request.read, own.id, own_too=request.own_too)
        logs, doubtful = incoming.verified_logs(steps.logs, trusted)
        left = () if former is None or not former.refused else (former.refused,)
        refused = (*unwanted, *doubtful, *page.refused, *left, *named.missing, *lost, *reported.refused)
        came = pieces.fetch(client, sent)
        return SyncResponse(request, progress, steps, logs, data, page, refused, came, renewed, former, named, reported)

    def apply_response(self, response: SyncResponse) -> SyncRound:
        """Apply the answers and say what changed. Store thread. The cursor moves last, so nothing is skipped."""
        changes = self._settle(response)
        if response.page is not None:
            return self._take_in(response, response.page, changes)
        self._notices.add(Settled.BY_A_PERSON, response.refused)
        self._state = replace(self._state, online=True, reached=self._contact.note())
        return SyncRound(changes | changed(Aspect.SYNC), self.state(), again=True, refused=response.refused)

    def _take_in(self, response: SyncResponse, page: VerifiedPage, changes: Changes) -> SyncRound:
        directory = directory_fetch.keep(self._known_directory, response.directory, response.sent.directory)
        keyless = self._renewals.settle(response.renewal)
        changes |= directory_fetch.keep_named(self._journal, self._contents, response.named)
        taken = take_in(replace(page, logs=(*response.logs, *page.logs)), self._journal, directory, from_server=True)
        attached, spoilt = self._pieces.settle(response.pieces)
        given_up = self._steps.give_up(response.steps, taken)
        changes |= attached | taken.changes | (Changes(frozenset(Aspect), given_up) if given_up else Changes())
        heard = {"membership.given_up": self._steps.announced, "records.erased_elsewhere": taken.erased}
        self._notices.add(Settled.BY_A_PERSON, [*(code for code, about in heard.items() if about), *taken.untrue])
        self._note_time()
        restored = self._feed.is_restored(page)
        if restored:
            self._start_over(page)
        self._bounds.note(page, restored=restored)
        if restored:
            return SyncRound(changes | changed(Aspect.SYNC), self.state(), again=True)
        unread = (*page.refused, *taken.unread)
        back = self._feed.move(response.sent.read, page, unread, directory, grown=bool(taken.grown))
        self._note(response, page, unread, back=back)
        self._own_too = self._own_too and page.more
        problem = next(iter(response.unsent), None)
        self._state = replace(self._state, online=True, reached=self._contact.note(), problem=problem, details=_NOTHING)
        unsent = (*response.unsent, *keyless, *spoilt, *still_waiting(response.steps, given_up))
        self._unsent += unsent
        refused = (*response.refused, *response.steps.codes, *unsent, *taken.unread, *taken.quarantined, *taken.untrue)
        again = back or page.more or self._is_more(response)
        if not again:
            self._end_run()
        return SyncRound(changes | self._after() | changed(Aspect.SYNC), self.state(), again, refused)

    def failed(self, error: OpmaatError) -> SyncState:
        """Remember that the server was not reached, and return the state. Store thread.

        A server that has forgotten this device, after a restore, is told of it anew in the next round.
        """
        self._progress = None
        self._note_time()
        self._steps.land()
        self._unsent.clear()
        self._bounds.end()
        self._pieces.rest()
        if error.code == "sync.device_unknown":
            self._journal.outbox.keep_cursor(_ENROLLED, "")
            self._renewals.forget_shown()
        self._state = replace(self._state, online=False, problem=error.code, details=error.details)
        return self.state()

    def fetch_again(self) -> None:
        """Read the whole feed again from the next round on, with the rows of this device itself. Store thread.

        It mends a row that broke on this disk, and brings what was refused for an old directory; all else stays.
        """
        self._feed.read_again()
        self._notices.clear(Settled.BY_READING)
        self._own_too = True

    def settle_notices(self) -> SyncState:
        """Put away what only a person can settle by having seen it, and return the state. Store thread."""
        self._notices.clear(Settled.BY_A_PERSON)
        return self.state()

    def round(self) -> SyncRound | None:
        """Do one whole round on the calling thread; for tests and command lines. None where there is no server."""
        request = self.prepare()
        return None if request is None else self.apply_response(self.exchange(request))

    def _note_time(self) -> None:
        if self._client is not None:
            self._clock_check.note(self._client.clock_ahead)

    def _is_more(self, response: SyncResponse) -> bool:
        wrapping = self._renewals.count_left() > 0 or bool(self._journal.outbox.wraps_waiting(1))
        return response.goes_on or wrapping or self._pieces.more()

    def _start_over(self, page: VerifiedPage) -> None:
        """Read and send everything again, and show who this device is: a copy may lack it, or hold a broken one."""
        self._progress = None
        self._notices.clear(Settled.BY_READING)
        self._renewals.forget_shown()
        self._journal.outbox.keep_cursor(_ENROLLED, "")
        self._journal.erasure_reports.report_again()
        self._feed.start_over(page)

    def _note(self, response: SyncResponse, page: VerifiedPage, unread: Sequence[str], *, back: bool) -> None:
        """Keep what was refused until it is settled; what is read again is refused again, or not."""
        unsaid = Counter(response.refused) - Counter(page.refused)
        former = response.former
        if former is not None and former.refused and not former.given_up:
            unsaid -= Counter([former.refused])
            self._unsent.append(former.refused)
        self._notices.add(Settled.BY_A_PERSON, unsaid)
        if back:
            self._notices.clear(Settled.BY_READING)
        else:
            self._notices.add(Settled.BY_READING, unread)

    def _end_run(self) -> None:
        self._pieces.rest()
        self._bounds.end()
        self._notices.replace(Settled.BY_SENDING, self._unsent)
        self._unsent.clear()

    def _settle(self, response: SyncResponse) -> Changes:
        sent = response.sent
        self._journal.erasure_reports.land(response.erasures.reported)
        if sent.enrol is not None:
            self._journal.outbox.keep_cursor(_ENROLLED, "1")
        if response.former is not None and self._former is not None:
            self._former.settle(response.former)
        outgoing.settle_keys(self._journal, sent.keys, response.steps.heard, self._vault.membership.card.id)
        if response.progress is not None:
            outgoing.settle(self._journal, response.progress)
        self._progress = None if response.all_sent or response.failed else response.progress
        return Changes(frozenset({Aspect.HANDOVER}), self._steps.land(response.steps.heard))
