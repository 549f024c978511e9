"""`rules/fields.toml`: which values stand beside which labels."""

import re
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from archiver.declarations.strict import Strict, read_toml

Kind = Literal[
    "date", "until", "number", "phone", "tax", "amount", "capital", "name", "party", "text"
]


class FieldRule(Strict):
    """One labelled value.

    Attributes:
        name: field name of the published list.
        kind: how the text after the label is read.
        labels: what stands before it, longest meant first.
        categories: papers it is for; empty for all.
        otherwise: it counts only where no rule before it has found a value of that name.
    """

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    kind: Kind
    labels: tuple[str, ...] = Field(min_length=1)
    categories: tuple[str, ...] = ()
    otherwise: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any of the labels with its colon."""
        return _pattern(self.labels)


class FieldRules(Strict):
    """All labelled values of a vault.

    Attributes:
        ends: labels of values nobody asks for: they are no values, and values end there.
        field: the rules, in the order in which they count.
    """

    ends: tuple[str, ...] = ()
    field: tuple[FieldRule, ...]

    @cached_property
    def any_label(self) -> re.Pattern[str]:
        """Finds whatever label comes next: there a value ends."""
        asked = {label for rule in self.field for label in rule.labels}
        return _pattern(tuple(sorted(asked.union(self.ends))))


def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Labels with blanks allowed inside Han ones, whole words for Latin ones, and their colon."""
    parts = []
    for label in sorted(labels, key=len, reverse=True):
        if label.isascii():
            words = r"\s+".join(re.escape(word) for word in label.rstrip(":").split())
            colon = r"\s*(?:\([^()]{1,12}\))?\s*:" if label.endswith(":") else ""
            parts.append(rf"(?<![a-z]){words}(?![a-z]){colon}")
        else:
            parts.append(r"\s*".join(re.escape(c) for c in label))
    return re.compile(rf"(?:{'|'.join(parts)})\s*(?:\([^()\d][^()]{{0,7}}\))?\s*[:.#]?\s*", re.I)


def read_fields(path: Path) -> FieldRules:
    """Read `rules/fields.toml`.

    Raises:
        DeclarationError: unknown keys or kinds, a rule without labels.
    """
    return read_toml(path, FieldRules)
