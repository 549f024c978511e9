"""Did you mean …? What was probably meant by a word nobody knows."""

import difflib
from collections.abc import Collection, Iterable
from typing import Any, NoReturn

import click

from archiver.core.errors import N_
from archiver.core.normalise import compact
from archiver.declarations.words import listing, translate

_ALIKE = 0.6
"""How much of two words must be the same."""
_SHORT, _ALIKE_SHORT = 2, 0.5
"""Of two characters, as many Chinese words have, one."""


def nearest(text: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Those of `known` in which `text` stands, then those written nearly like it, best first."""
    names: dict[str, str] = {}
    for one in known:
        names.setdefault(compact(one), one)
    wanted = compact(text)
    inside = [name for name in names if wanted and wanted in name]
    cutoff = _ALIKE_SHORT if len(wanted) == _SHORT else _ALIKE
    alike = difflib.get_close_matches(wanted, names, n=most, cutoff=cutoff)
    return [names[name] for name in dict.fromkeys((*inside, *alike))][:most]


def refuse_unknown(name: str, known: Collection[str]) -> NoReturn:
    """There is no command of that name; say which was probably meant.

    Raises:
        click.UsageError: always.
    """
    near = nearest(name, known, 1)
    meant = translate(N_(" Did you mean {name}?")).format(name=near[0]) if near else ""
    raise click.UsageError(translate(N_("no command {name}.")).format(name=name) + meant)


class OneOf(click.Choice[str]):
    """A choice that says which word was probably meant."""

    def __init__(self, choices: Iterable[str]) -> None:
        super().__init__(list(choices), case_sensitive=False)

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's own signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str:
        """The choice that `value` names."""
        words = {one.casefold(): one for one in self.choices}
        wanted = str(value).strip().casefold()
        if wanted in words:
            return words[wanted]
        near = nearest(wanted, self.choices, 1)
        told = (
            translate(N_("there is no {word}. Did you mean {name}?"))
            if near
            else translate(N_("there is no {word}. There are: {known}"))
        )
        names = {"word": value, "name": "".join(near), "known": listing(self.choices)}
        self.fail(told.format(**names), param, ctx)
