"""How the contexts of a record grow. Forgetting them takes two people and is an act elsewhere."""

from dataclasses import replace
from datetime import date

from archiver.judge.facts import Context

Contexts = tuple[Context, ...]


def remember(contexts: Contexts, newest: Context) -> Contexts:
    """`contexts` with `newest` at the end; what lay between two stays of it is kept."""
    return (*(one for one in contexts if one != newest), newest)


def redate(contexts: Contexts, value: date | None, today: date) -> Contexts:
    """The contexts of a record whose paper is given the date `value` on the trusted day `today`.

    A date that was missing, or lay ahead, never counted: the new one takes its place in every
    context. A valid one stays where it stood, and a context with the new one follows.
    """
    if not contexts:
        return ()
    dated: Contexts = ()
    for one in contexts:
        counted = one.doc_date is not None and one.doc_date <= today
        dated = remember(dated, one if counted else replace(one, doc_date=value))
    return remember(dated, replace(contexts[-1], doc_date=value))
