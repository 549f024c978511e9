"""Confirming what was read off papers: one screen an event, one key an answer.

Every answer is carried out at once; what derives from it follows in batches and at the end.
"""

import contextlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import click

from archiver.catalogue import customers, documents, events
from archiver.catalogue.events import StoredEvent
from archiver.cli.lines import key_lines, labelled
from archiver.cli.person import Person
from archiver.cli.place import show_place
from archiver.cli.recall import own_file
from archiver.cli.wrap import width, wrap
from archiver.core.errors import N_, UsageError
from archiver.core.model import Document
from archiver.custody.act import propose
from archiver.custody.fact import confirm_events
from archiver.declarations.codes import EVENTS, called
from archiver.declarations.words import language, translate
from archiver.intake.publish import publish
from archiver.judge.facts import RAISES
from archiver.recognition.dates import dates
from archiver.vault.vault import Vault

_BATCH = 20
"""Answers after which the index follows."""

KEYS = {
    "y": N_("yes"),
    "n": N_("not now"),
    "d": N_("another date"),
    "x": N_("never happened"),
    "o": N_("look"),
    "q": N_("quit"),
}
_SAME = {"\r": "y", "\n": "y", " ": "n", "\x1b[C": "n"}
"""Enter, blank, and the arrow to the right as terminals send it (ECMA-48)."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How a session ended: how many events were confirmed, how many still wait."""

    confirmed: int
    waiting: int


class Vouching:
    """One session of one person with the events that wait."""

    def __init__(self, vault: Vault, person: Person) -> None:
        self._vault = vault
        self._person = person
        with vault.catalogue.read() as tx:
            self._round = events.waiting(tx)
        self._at = self._confirmed = 0
        self._notice: list[str] = []
        self._picture = own_file(vault.layout.root, ".png")
        self._acts: Mapping[str, Callable[[StoredEvent, Document | None], None]] = {
            "y": self._yes,
            "n": self._skip,
            "d": self._other_date,
            "x": self._never,
            "o": self._look,
        }

    def sit(self) -> Summary:
        """Show event after event until the last one, `q`, or the end of input."""
        try:
            while self._turn():
                pass
        except EOFError:
            self._say(N_("Nothing more is typed: it ends here."))
        finally:
            publish(self._vault)
            with contextlib.suppress(OSError):  # what papers say is not left lying about
                self._picture.unlink(missing_ok=True)
        self._person.screen([*self._told(), ""])
        with self._vault.catalogue.read() as tx:
            return Summary(self._confirmed, events.count_waiting(tx))

    def _turn(self) -> bool:
        """One screen and one key; False at the end."""
        event = self._event()
        if event is None:
            return False
        with self._vault.catalogue.read() as tx:
            found = documents.some(tx, [event.document] if event.document else [])
            whose = customers.get(tx, event.customer) if event.customer else None
        paper = found[0] if found else None
        told, self._notice = self._told(), []
        name = whose.name if whose else ""
        self._person.screen([*told, *([""] if told else []), *self._sheet(event, paper, name)])
        typed = self._person.read_key()
        key = _SAME.get(typed, unicodedata.normalize("NFKC", typed).casefold())
        if key == "q":
            return False
        act = self._acts.get(key)
        if act:
            act(event, paper)
        else:
            self._say(N_("That key means nothing here."))
        return True

    def _event(self) -> StoredEvent | None:
        """The event of this turn; those that others confirmed meanwhile are passed over."""
        while self._at < len(self._round):
            with self._vault.catalogue.read() as tx:
                found = events.some(tx, [self._round[self._at].id])
            if found and found[0].waits:
                return found[0]
            self._at += 1
        return None

    def _told(self) -> list[str]:
        return [line for text in self._notice for line in wrap(text, self._person.size[0] - 1)]

    def _say(self, text: str, **facts: object) -> None:
        """A sentence above the next screen."""
        self._notice.append(translate(text).format(**facts))

    def _sheet(self, event: StoredEvent, paper: Document | None, customer: str) -> list[str]:
        """The whole screen below the notices."""
        room = max(self._person.size[0] - 1, 16)
        heading = translate(N_("Event {at} of {count}   {event}   confirmed: {confirmed}")).format(
            at=self._at + 1, count=len(self._round), event=event.id, confirmed=self._confirmed
        )
        facts = [
            (translate(label), text) for label, text in self._facts(event, paper, customer) if text
        ]
        indent = max(width(label) for label, _ in facts) + 2
        lines = [line for label, text in facts for line in labelled(label, text, room, indent)]
        if event.type in RAISES:
            told = N_("Everything of this customer is permanent since this was read.")
            lines += ["", *wrap(translate(told), room)]
        asked = translate(N_("y  yes: {kind} on {day}")).format(
            kind=called(EVENTS, event.type), day=event.day.isoformat()
        )
        keys = key_lines({key: translate(text) for key, text in KEYS.items()}, room)
        return [*map(_bold, wrap(heading, room)), *lines, "", *map(_bold, wrap(asked, room)), *keys]

    def _facts(
        self, event: StoredEvent, paper: Document | None, customer: str
    ) -> list[tuple[str, str]]:
        spot = event.spot
        page = translate(N_("“{raw}”, page {page}"))
        category = self._vault.categories.label(paper.category, language()) if paper else ""
        return [
            (N_("Customer"), customer),
            (N_("Document"), f"{paper.id}  {category}  {paper.title}" if paper else ""),
            (N_("Lies at"), paper.path if paper else ""),
            (N_("What"), called(EVENTS, event.type)),
            (N_("Date"), event.day.isoformat()),
            (N_("Read as"), page.format(raw=spot.raw, page=spot.page or "–") if spot else ""),
        ]

    def _yes(self, event: StoredEvent, paper: Document | None) -> None:
        self._confirm(event, None)

    def _skip(self, event: StoredEvent, paper: Document | None) -> None:
        self._at += 1

    def _other_date(self, event: StoredEvent, paper: Document | None) -> None:
        """Ask when it happened; written as papers write it, or as ISO date."""
        question = translate(N_("When did it happen? Enter goes back: "))
        typed = self._person.ask(question)
        found = dates(typed, labelled=True)
        if len(found) == 1 and found[0].other is None:
            self._confirm(event, found[0].value)
        elif typed:
            self._say(N_("{typed} is no date: type it as 2024-05-10."), typed=typed)

    def _confirm(self, event: StoredEvent, day: date | None) -> None:
        try:
            done = confirm_events(self._vault, [event], day=day)
        except UsageError as error:
            self._notice += [error.sentence(translate), error.advice(translate)]
            return
        for one in done:
            self._confirmed += 1
            self._say(
                N_("{event} confirmed: {kind} on {day}"),
                event=one.id,
                kind=called(EVENTS, one.type),
                day=one.day.isoformat(),
            )
        self._at += 1
        if done and self._confirmed % _BATCH == 0:
            publish(self._vault)

    def _never(self, event: StoredEvent, paper: Document | None) -> None:
        """Propose that it is void, for a reason; without one nothing happens."""
        reason = self._person.ask(translate(N_("Why did it never happen? ")))
        if not reason:
            return
        try:
            act = propose(self._vault, "void_event", event.id, reason)
        except UsageError as error:
            self._notice += [error.sentence(translate), error.advice(translate)]
            return
        told = N_("{subject} is void when a second person says yes: archiver act confirm {act}")
        self._say(told, subject=act.subject, act=act.id)
        self._at += 1

    def _look(self, event: StoredEvent, paper: Document | None) -> None:
        """Show the place on the page, else the paper; that somebody looked is in the ledger."""
        if paper is None:
            self._say(N_("Its paper is not here any more."))
            return
        spot = event.spot
        place = (spot.page, spot.box) if spot and spot.page and spot.box else None
        self._notice += show_place(self._vault, paper, place, self._picture)


def _bold(line: str) -> str:
    return click.style(line, bold=True)
