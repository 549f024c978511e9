"""The two questions that need more than a key: which customer, which category."""

import unicodedata
from collections.abc import Sequence

from archiver.cli.lines import cut
from archiver.cli.near import nearest
from archiver.cli.person import Person
from archiver.cli.wrap import width, wrap
from archiver.core.errors import N_
from archiver.core.model import UNASSIGNED, Customer
from archiver.declarations.categories import Categories
from archiver.declarations.words import language, translate
from archiver.recognition.directory import Directory
from archiver.recognition.names import key
from archiver.review.turns import Key, Newcomer, Whose, key_of

_LEAST_NAME = 4
"""Characters from which what was typed to find somebody may be the name of somebody new."""
_MOST = 9
"""Customers listed at once; whoever is not among them is found by more of the name."""


def choose_customer(
    person: Person, everybody: Directory, alike: Sequence[Customer], read: str
) -> Whose | None:
    """Ask whose a paper is; None when the person backs out.

    Args:
        person: whom to ask.
        everybody: the customers there are.
        alike: those for whom something speaks: offered before anything is typed.
        read: the name that was read on the paper, for a new customer.
    """
    offered = tuple(alike)[:_MOST]
    typed = ""
    while True:
        person.show(["", *_customers(offered, person.size[0])])
        answer = _answer(person, N_("Number, part of the name, n new customer, Enter back: "))
        if not answer:
            return None
        if _is_number(answer):
            if (at := int(answer)) in range(1, len(offered) + 1):
                return offered[at - 1]
            person.show([_no_number(answer)])
            continue
        if answer.casefold() == "n":
            made = _newcomer(person, everybody, _name_for(typed, read))
            if made:
                return made
            continue
        typed = answer
        found = everybody.like(answer)
        offered = found[:_MOST]
        person.show(_how_many(len(found), answer))


def _name_for(typed: str, read: str) -> str:
    """What stands in the line for the name: what was read, else what was typed if it is a name."""
    if read and key(typed) in key(read):
        return read
    return typed if len(key(typed)) >= _LEAST_NAME else ""


def _customers(offered: Sequence[Customer], room: int) -> list[str]:
    return [
        cut(f"{at:>3}  {one.name}  {one.id}", room - 1) for at, one in enumerate(offered, start=1)
    ]


def _how_many(count: int, typed: str) -> list[str]:
    if not count:
        told = translate(N_("Nobody is called {name}. Type n to add a new customer of that name."))
        return [told.format(name=typed)]
    if count > _MOST:
        told = translate(
            N_("{count} customers; the first {most} are shown. Type more of the name.")
        )
        return [told.format(count=count, most=_MOST)]
    return []


def _newcomer(person: Person, everybody: Directory, given: str) -> Whose | None:
    """Ask for the name of a new customer; one who is known already is taken instead."""
    name = " ".join(person.ask(translate(N_("Name of the new customer: ")), given).split())
    if not name:
        return None
    known = everybody.resolve(name)
    if known and known.id != UNASSIGNED:
        return known
    near = everybody.near(name)
    if near:
        told = translate(N_("There is somebody with a similar name: {names}"))
        sure = translate(N_("Is {name} really another customer? y yes, any other key no"))
        names = ", ".join(one.name for one in near)
        room = person.size[0] - 1
        person.show([*wrap(told.format(names=names), room), *wrap(sure.format(name=name), room)])
        if key_of(person.read_key()) is not Key.ACCEPT:
            return None
    return Newcomer(name)


def choose_category(person: Person, categories: Categories) -> str | None:
    """Ask what a paper is; the code of the category, None when the person backs out."""
    everything = [one.code for one in categories.category]
    offered = everything
    while True:
        labels = [categories.label(code, language()) for code in offered]
        person.show(["", *columns(labels, person.size[0] - 1)])
        answer = _answer(person, N_("Number, part of the label, Enter back: "))
        if not answer:
            return None
        if _is_number(answer):
            if (at := int(answer)) in range(1, len(offered) + 1):
                return offered[at - 1]
            person.show([_no_number(answer)])
            continue
        found = categories.resolve(answer)
        if found:
            return found
        offered = like_category(categories, answer)
        if not offered:
            person.show([translate(N_("No category is called {name}.")).format(name=answer)])
            offered = everything


def _answer(person: Person, question: str) -> str:
    """What was typed, full-width letters and digits as plain ones."""
    return unicodedata.normalize("NFKC", person.ask(translate(question))).strip()


def _is_number(answer: str) -> bool:
    """Whether a number of the list is meant; more digits are a part of a code."""
    return answer.isdecimal() and len(answer) <= 2


def _no_number(answer: str) -> str:
    return translate(N_("There is no number {number} in the list.")).format(number=answer)


def like_category(categories: Categories, text: str) -> list[str]:
    """The codes of the categories whose code or label is like `text`, best first."""
    words = {
        word: one.code
        for one in categories.category
        for word in (one.code, one.label.zh, one.label.en)
    }
    return list(dict.fromkeys(words[word] for word in nearest(text, words, _MOST)))


def columns(texts: Sequence[str], room: int) -> list[str]:
    """The texts numbered, in as many columns as fit, down first."""
    items = [f"{at:>3}  {text}" for at, text in enumerate(texts, start=1)]
    widest = max(width(item) for item in items) + 2
    across = max(1, room // widest)
    down = -(-len(items) // across)
    lines = []
    for row in range(down):
        cells = items[row::down]
        padded = [cell + " " * (widest - width(cell)) for cell in cells]
        lines.append("".join(padded).rstrip())
    return lines
