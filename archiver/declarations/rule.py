"""One retention rule: which papers, how long, counted from what, why, and its proofs."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints, model_validator

from archiver.core.errors import N_, Phrase
from archiver.core.periods import Period, Start
from archiver.declarations.strict import Strict

ANY = "*"
"""Stands for every category."""
DOC_DATE = "doc_date"
"""Stands for the date of the paper where a trigger names its event."""


class Flag(StrEnum):
    """What a customer can carry that changes how long papers are kept."""

    DISPUTE = "dispute"
    ACCIDENT = "accident"
    DOUBTFUL = "doubtful"
    AUTHORITY_INSTRUCTION = "authority_instruction"


Length = Annotated[
    Period, BeforeValidator(lambda given: Period.parse(str(given))), PlainSerializer(str)
]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Codes = Annotated[frozenset[Code], PlainSerializer(sorted)]


class Title(Strict):
    """A rule's name in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def said(self, lang: str) -> str:
        """The name in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


class Match(Strict):
    """Which papers a rule is for; all that is named must fit.

    Attributes:
        categories: category codes; `*` is all.
        flags: only while the customer carries one of these; empty for all.
        kinds: kinds of party; empty for all.
    """

    categories: Annotated[
        frozenset[Literal["*"] | Code], Field(min_length=1), PlainSerializer(sorted)
    ]
    flags: Annotated[frozenset[Flag], PlainSerializer(sorted)] = frozenset()
    kinds: Codes = frozenset()

    def fits(self, kind: str, category: str) -> bool:
        """Whether it is for this category of papers of this kind of party, whatever the flags."""
        of_kind = not self.kinds or kind in self.kinds
        return of_kind and not self.categories.isdisjoint({category, ANY})


class Trigger(Strict):
    """What starts the period. Scope and pick are asked for: nothing is assumed.

    Attributes:
        events: any of these; `doc_date` (the paper's own date) stands alone.
        scope: whose events count.
        pick: which of all those that happened.
        allow_future: a date ahead is a planned end, not a mistake.
        customer_events: what happens to the customer as a whole and starts the period as well,
            where `scope` is narrower: a contract ends, or the relationship does.
    """

    events: Annotated[Codes, Field(min_length=1)]
    scope: Literal["customer", "case", "document"]
    pick: Literal["latest", "earliest"]
    allow_future: bool = False
    customer_events: Codes = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _one_or_many(cls, given: object) -> object:
        """`event = "x"` is shorthand; with `doc_date` scope and pick have nothing to choose."""
        if not isinstance(given, dict) or "event" not in given:
            return given
        if "events" in given:
            raise ValueError(Phrase.of(N_("give event or events, not both")))
        rest = {key: value for key, value in given.items() if key != "event"}
        if given["event"] == DOC_DATE:
            rest = {"scope": "document", "pick": "latest", **rest}
        return {**rest, "events": [given["event"]]}

    @model_validator(mode="after")
    def _date_of_the_paper_alone(self) -> Self:
        if DOC_DATE in self.events and (len(self.events) > 1 or self.scope != "document"):
            own = N_("doc_date is the paper's own date: it stands alone, scope document")
            raise ValueError(Phrase.of(own))
        return self

    @model_validator(mode="after")
    def _of_the_customer_besides(self) -> Self:
        if not self.customer_events:
            return self
        if self.on_paper or self.scope == "customer" or DOC_DATE in self.customer_events:
            beside = N_("customer_events stand beside events of the scope case or document")
            raise ValueError(Phrase.of(beside))
        twice = sorted(self.events & self.customer_events)
        if twice:
            both = N_("{event} stands in events and in customer_events")
            raise ValueError(Phrase.of(both, event=", ".join(twice)))
        return self

    @property
    def started_by(self) -> frozenset[str]:
        """All that can start the period, whatever it happens to."""
        return self.events | self.customer_events

    @property
    def on_paper(self) -> bool:
        """The period starts with the date of the paper, not with an event."""
        return DOC_DATE in self.events


class Given(Strict):
    """The example of a proof: a paper, and on which day which event happened."""

    category: Code
    kind: Code = "customer"
    doc_date: date | None = None
    events: dict[Code, date] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _every_other_day_is_an_event(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        happened = {
            key: value
            for key, value in given.items()
            if isinstance(value, date) and key != DOC_DATE
        }
        rest = {key: value for key, value in given.items() if key not in happened}
        return {**rest, "events": happened}


class Expect(Strict):
    """What must come out of the example."""

    retain_through: date | None = None
    permanent: bool | None = None
    state: Literal["AWAITING_TRIGGER", "EXCEPTION", "PERMANENT"] | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError(Phrase.of(N_("expect retain_through, permanent or state")))
        return self


class Proof(Strict):
    """An example the rule must get right."""

    given: Given
    expect: Expect


class Counting(NamedTuple):
    """How a period rule counts."""

    trigger: Trigger
    period: Period
    start: Start


class Rule(Strict):
    """One rule.

    Attributes:
        law: the law or document it rests on; for people.
        proof: examples; `rules check` runs them.
    """

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")
    title: Title
    match: Match
    outcome: Literal["period", "permanent"] = "period"
    trigger: Trigger | None = None
    period: Length | None = None
    start: Start | None = None
    basis: Literal["statutory", "regulatory", "contract", "internal"]
    law: str = ""
    proof: tuple[Proof, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        given = (self.trigger, self.period, self.start)
        if self.outcome == "period" and None in given:
            raise ValueError(Phrase.of(N_("a period rule needs trigger, period and start")))
        if self.outcome == "permanent" and given != (None, None, None):
            raise ValueError(Phrase.of(N_("a permanent rule has no trigger, period or start")))
        return self

    @property
    def counting(self) -> Counting | None:
        """How it counts; None for a permanent rule."""
        if self.trigger is None or self.period is None or self.start is None:
            return None
        return Counting(self.trigger, self.period, self.start)
