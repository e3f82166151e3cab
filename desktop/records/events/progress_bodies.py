"""What is recorded of somebody on the way: talks, hours, absence, modules, levels, exams, exemptions, milestones.

Every body names its `entry`: said again under that id it corrects, `EntryWithdrawn` takes it out of every figure, and
the journal keeps what was said before. Days are ISO dates (jjjj-mm-dd) of the Netherlands. docs/adr/0042.
"""

from typing import ClassVar, Literal

from desktop.records.events.bodies import Body

TalkState = Literal["planned", "held", "missed"]
HoursAbout = Literal["language", "knm", "map", "pvt", "activities"]
ModuleState = Literal["started", "done", "not_done", "skipped", "repeated"]
Skill = Literal["listening", "speaking", "conversation", "reading", "writing"]
LevelBasis = Literal["test", "observation", "self"]
ExamPart = Literal["KNM", "LE", "LU", "SC", "SP"]
"""The parts of the exam by the codes of DUO: knowledge of society, reading, listening, writing, speaking."""
ExamResult = Literal["registered", "passed", "failed"]
ExamLevel = Literal["", "A2", "B1", "B2"]
ExemptionKind = Literal["exemption", "dispensation"]
"""A vrijstelling for who shows it already, or an ontheffing. On which ground is not kept: that may be health."""
ExemptionState = Literal["asked", "granted", "refused"]
MilestoneName = Literal["pvt_signed", "map_talk", "z_talk"]
"""What closes a part of the duty: the signed statement, the final talk of MAP, the final talk of the Z-route."""


class TalkRecorded(Body, frozen=True):
    """A progress talk, number `number` of those the decision names; planned first, then held or missed.

    `moment` is a day or a local time (jjjj-mm-ddTuu:mm). `present` and `place` are words, `agreed` what was agreed, in
    Dutch. `said` is what the person said in Dutch, `said_other` the same as it was spoken, in `language`.
    """

    KIND: ClassVar[str] = "progress_talk"
    entry: str
    number: int
    state: TalkState
    moment: str
    place: str
    present: str
    agreed: str
    said: str
    said_other: str
    language: str


class HoursRecorded(Body, frozen=True):
    """`minutes` of one kind that were followed from `first` to `last`, both included; `source` who counted them."""

    KIND: ClassVar[str] = "progress_hours"
    entry: str
    about: HoursAbout
    first: str
    last: str
    minutes: int
    source: str


class AbsenceRecorded(Body, frozen=True):
    """Not there for `half_days`, the first of them on `day`; with or without `notice`. `reason` is never about health.

    A blank `reason` is one that was not asked yet.
    """

    KIND: ClassVar[str] = "progress_absence"
    entry: str
    day: str
    half_days: int
    notice: bool
    reason: str
    source: str


class ModuleRecorded(Body, frozen=True):
    """What became of `module` of the region's route `route`, by their names in the workbook, on `day`."""

    KIND: ClassVar[str] = "progress_module"
    entry: str
    route: str
    module: str
    state: ModuleState
    day: str
    remark: str


class LevelRecorded(Body, frozen=True):
    """The level of one skill on `day`, by the codes of the interview (`a1`); `source` is who tested or saw it."""

    KIND: ClassVar[str] = "progress_level"
    entry: str
    skill: Skill
    level: str
    day: str
    basis: LevelBasis
    source: str


class ExamRecorded(Body, frozen=True):
    """One attempt at one part of the exam: registered for `day`, then passed or failed. Never a mark."""

    KIND: ClassVar[str] = "progress_exam"
    entry: str
    part: ExamPart
    result: ExamResult
    level: ExamLevel
    day: str


class ExemptionRecorded(Body, frozen=True):
    """What DUO was asked or decided about `parts` (codes as `ExamPart`; none: the whole duty) on `day`."""

    KIND: ClassVar[str] = "progress_exemption"
    entry: str
    form: ExemptionKind
    state: ExemptionState
    parts: tuple[str, ...]
    day: str


class MilestoneRecorded(Body, frozen=True):
    """A part of the duty was closed on `day`."""

    KIND: ClassVar[str] = "progress_milestone"
    entry: str
    milestone: MilestoneName
    day: str


class EntryWithdrawn(Body, frozen=True):
    """What was recorded under `entry` counts no more; `reason` says why, or is blank when it was taken back at once."""

    KIND: ClassVar[str] = "progress_withdrawn"
    entry: str
    reason: str


ProgressBody = (
    TalkRecorded
    | HoursRecorded
    | AbsenceRecorded
    | ModuleRecorded
    | LevelRecorded
    | ExamRecorded
    | ExemptionRecorded
    | MilestoneRecorded
    | EntryWithdrawn
)
PROGRESS: tuple[type[ProgressBody], ...] = (
    TalkRecorded,
    HoursRecorded,
    AbsenceRecorded,
    ModuleRecorded,
    LevelRecorded,
    ExamRecorded,
    ExemptionRecorded,
    MilestoneRecorded,
    EntryWithdrawn,
)
"""Every kind that has an entry; all of them are core (docs/adr/0042)."""
