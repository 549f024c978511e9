"""A civil day as it is typed: ISO 8601, as everything here writes it."""

from datetime import datetime
from typing import Any

import click

from archiver.core.errors import N_
from archiver.declarations.words import translate


class Day(click.DateTime):
    """YYYY-MM-DD, and a sentence with an example for whatever else was typed."""

    name = "day"

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How it stands in the help."""
        return "YYYY-MM-DD"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's own signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> datetime:
        """The day that was typed.

        Raises:
            click.BadParameter: it is none.
        """
        try:
            found: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            told = translate(N_("{typed} is no day; write it as 2026-03-05"))
            self.fail(told.format(typed=value), param, ctx)
        return found


DAY = Day()
