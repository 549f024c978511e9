"""What the screen shows of one waiting paper, as lines."""

import click

from archiver.cli.lines import cut, key_lines, labelled
from archiver.cli.output import running
from archiver.cli.wrap import width, wrap
from archiver.core.errors import N_
from archiver.core.model import Field
from archiver.declarations.categories import Categories
from archiver.declarations.codes import FIELDS, VALUES, called, reading
from archiver.declarations.sentences import sentence
from archiver.declarations.words import language, translate
from archiver.review.paper import Paper
from archiver.review.turns import Draft, Whose, is_new

_LEAST_FIELDS, _MOST_FIELDS, _KEY_LINES = 2, 8, 2
"""Lines, the heading among them."""
_CANDIDATES = 4
"""Customers that are told apart on one screen."""
_ORDER = (
    *("company_name", "counterparty", "credit_code", "registration_no", "tax_no", "doc_no"),
    *("issue_date", "amount", "plate", "phone", "start_date", "valid_from", "expiry_date"),
)
"""What identifies a paper first; other values follow."""

KEYS = {
    "c": N_("customer"),
    "t": N_("category"),
    "j": N_("join"),
    "x": N_("take back"),
    "e": N_("correct"),
    "o": N_("open"),
    "p": N_("place"),
    "w": N_("why"),
    "s": N_("skip"),
    "b": N_("back"),
    "?": N_("help"),
    "q": N_("quit"),
}

HELP = (
    N_("y, Enter: file the paper as the line above the keys says"),
    N_("c: say whose it is: type a part of the name, or add a new customer"),
    N_("t: say what it is: choose from the list of categories"),
    N_("j: make one document of photographs that seem to be pages of one paper"),
    N_("x: it does not belong here: say why; it goes when a second person agrees"),
    N_("e: correct a value that was read wrongly, or give one that was not read"),
    N_("o: look at the paper itself in the program for its kind"),
    N_("p: look at the page with a red box around what the question is about"),
    N_("w: what speaks for the customer and the category, and where the values stand"),
    N_("s, blank: leave it for later     b: back to the one before"),
    N_("q: stop; what was answered is filed, the rest goes on waiting"),
)


def whose_name(whose: Whose) -> str:
    """The customer, and whether the answer makes it one."""
    new = translate(N_("new customer {name}"))
    return new.format(name=whose.name) if is_new(whose) else whose.name


def wanting(said: Draft) -> str:
    """What must still be said before a paper can be filed, as a template."""
    if said.whose is not None:
        return N_("Nothing is proposed: say what it is with t.")
    if said.category is not None:
        return N_("Nobody is proposed: say whose it is with c.")
    return N_("Nothing is proposed: say whose it is with c, and what it is with t.")


def _bold(lines: list[str]) -> list[str]:
    return [click.style(line, bold=True) for line in lines]


class Sheet:
    """Draws waiting papers.

    Args:
        categories: what a paper can be, for the labels.
        size: columns and rows of the terminal.
    """

    def __init__(self, categories: Categories, size: tuple[int, int]) -> None:
        self._categories = categories
        self._room = max(size[0] - 1, 16)
        self._rows = size[1]

    def label(self, category: str) -> str:
        """The category in the reader's language."""
        return self._categories.label(category, language())

    def lines(self, paper: Paper, draft: Draft, heading: str, notice: list[str]) -> list[str]:
        """The whole screen; as many of the values read as there is room for."""
        told = [line for text in notice for line in wrap(text, self._room)]
        head = [*told, *([""] if told else []), *_bold(wrap(heading, self._room))]
        facts = self._facts(paper, draft)
        asked = [line for one in paper.questions for line in self._item(sentence(one))]
        asked += self._candidates(paper)
        tail = [translate(N_("To decide:")), *asked, "", *self._offer(paper, draft)]
        left = self._rows - len(head) - len(facts) - len(tail) - _KEY_LINES
        fields = self._fields(paper.fields, max(_LEAST_FIELDS, min(left, _MOST_FIELDS)))
        return [*head, *facts, *fields, *tail, *self._keys()]

    def still(self, paper: Paper) -> list[str]:
        """All of it, for a screen that waits for no key."""
        asked = [line for one in paper.questions for line in self._item(sentence(one))]
        return [
            *self._facts(paper, Draft()),
            translate(N_("To decide:")),
            *asked,
            *self._candidates(paper),
            *self.why(paper),
            *self._offer(paper, Draft()),
        ]

    def _item(self, text: str) -> list[str]:
        first, *rest = wrap(text, self._room - 2)
        return [f"- {first}", *(f"  {line}" for line in rest)]

    def _facts(self, paper: Paper, draft: Draft) -> list[str]:
        document = paper.document
        said = draft.over(paper.proposal)
        nobody = translate(N_("not known"))
        category, customer = nobody, nobody
        if said.category:
            sure = "" if draft.category else f" ({paper.confidence:.0%})"
            mark = self._mark(draft.category is not None, paper.kind_is_open)
            category = f"{self.label(said.category)}{sure}{mark}"
        if said.whose:
            mark = self._mark(draft.whose is not None, paper.whose_is_open)
            customer = f"{whose_name(said.whose)}{mark}"
        facts = (
            (N_("File"), document.source),
            (N_("Category"), category),
            (N_("Customer"), customer),
            (N_("Lies at"), document.path),
        )
        indent = max(width(translate(label)) for label, _ in facts) + 2
        shown = (
            labelled(translate(label), text, self._room, indent) for label, text in facts if text
        )
        return [line for lines in shown for line in lines]

    def _mark(self, given: bool, asked: bool) -> str:
        """Whether a value was said just now, or is only proposed."""
        if given:
            return " " + translate(N_("(your choice)"))
        return " " + translate(N_("(proposed)")) if asked else ""

    def _fields(self, found: tuple[Field, ...], most: int) -> list[str]:
        """The values that tell most, a line each."""
        places = {name: at for at, name in enumerate(_ORDER)}
        known = sorted(found, key=lambda field: places.get(field.name, len(places)))
        shown = known[: max(most - 1, 1)]
        line = translate(N_("{label}: {value}"))
        lines = [
            cut(
                "    "
                + line.format(label=called(FIELDS, one.name), value=called(VALUES, one.value)),
                self._room,
            )
            for one in shown
        ]
        return [translate(N_("Read on it:")), *lines] if lines else []

    def _candidates(self, paper: Paper) -> list[str]:
        """Side by side, what speaks for whom, where several may be meant."""
        if len(paper.alike) < 2:
            return []
        line = translate(N_("{label}: {value}"))
        told = [
            line.format(label=one.name, value=running(map(sentence, paper.speaks_for(one))) or "–")
            for one in paper.alike[:_CANDIDATES]
        ]
        return [translate(N_("Whose it may be:")), *(cut(f"    {one}", self._room) for one in told)]

    def _offer(self, paper: Paper, draft: Draft) -> list[str]:
        """What a yes would do, or what is still to be said."""
        said = draft.over(paper.proposal)
        if said.whose is not None and said.category is not None:
            told = translate(N_("y  file it for {customer} as {category}"))
            text = told.format(customer=whose_name(said.whose), category=self.label(said.category))
        else:
            text = translate(wanting(said))
        return _bold(wrap(text, self._room))

    def _keys(self) -> list[str]:
        """The keys, as many a line as fit."""
        return key_lines({key: translate(text) for key, text in KEYS.items()}, self._room)

    def why(self, paper: Paper) -> list[str]:
        """The evidence: for the category, for customers, and where the values stand."""
        values = [
            translate(N_("{name}: {value} (page {page}, as “{raw}”, {confidence}, {rule})")).format(
                name=called(FIELDS, one.name),
                value=called(VALUES, one.value),
                page=one.page or "–",
                raw=one.raw,
                confidence=one.confidence,
                rule=reading(one.rule),
            )
            for one in paper.fields
        ]
        parts = {
            N_("Why this category"): [sentence(one) for one in paper.category_because],
            N_("Why this customer"): [
                sentence(one) for one in (*paper.customer_because, *paper.document.open)
            ],
            N_("Where the values stand"): values,
        }
        lines = []
        for heading, texts in parts.items():
            told = texts or [translate(N_("nothing"))]
            lines += _bold(wrap(translate(heading), self._room))
            lines += [line for text in told for line in self._item(text)]
        return lines
