"""`rules/categories.toml`: what a paper can be, and the words that give it away."""

from functools import cached_property
from itertools import chain
from math import exp
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from archiver.core.errors import N_, Phrase
from archiver.core.names import safe_name
from archiver.declarations.example import Example
from archiver.declarations.strict import Strict, read_toml

OTHER = "other"
"""The category of a paper nobody has recognised."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Event = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
Structure = Literal["seal", "table", "form"]
Weights = dict[Annotated[str, StringConstraints(min_length=1)], float]


class Label(Strict):
    """A name for people, in both languages; it is a folder name too."""

    zh: str = Field(min_length=1, max_length=40)
    en: str = Field(min_length=1, max_length=60)

    @model_validator(mode="after")
    def _fit_for_a_folder(self) -> Self:
        for text in (self.zh, self.en):
            if safe_name(text) != text:
                raise ValueError(
                    Phrase.of(N_("{text!r} cannot be the name of a folder"), text=text)
                )
        return self


class Category(Strict):
    """One category.

    Attributes:
        code: what scripts call it; never translated.
        no: two digits, part of every archive number 档号.
        label: what people call it.
        title: words that count when they stand in a short line at the head of page 1.
        words: words that count anywhere on the first pages; negative ones speak against it.
        names: words that count in the name of the dropped file and of the folders it lay in, below
            that of the customer.
        structure: how much it counts that the paper has a round red seal, a table, or is a form.
        holder: the paper names the one company it was issued to.
        introduces: that company becomes a customer when its code and name agree.
        raises: the event that such a paper tells of, on the day of its date: recorded when it is
            filed, and waiting until a person confirms it.
        supersedes: a later one for the same company or vehicle replaces the one before.
        proof: examples; `rules check` reads them.
    """

    code: Code
    no: Number
    label: Label
    title: Weights = Field(default_factory=dict)
    words: Weights = Field(default_factory=dict)
    names: Weights = Field(default_factory=dict)
    structure: dict[Structure, float] = Field(default_factory=dict)
    holder: bool = False
    introduces: bool = False
    raises: Event | None = None
    supersedes: bool = False
    proof: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _every_word_counts(self) -> Self:
        every = (self.title, self.words, self.names, self.structure)
        for word, weight in chain.from_iterable(one.items() for one in every):
            if not weight:
                raise ValueError(Phrase.of(N_("{word!r} has weight 0: remove it"), word=word))
        return self


class Categories(Strict):
    """All categories of a vault.

    Attributes:
        least: evidence below which a paper is not recognised, in weight points.
        sure: confidence (0–1) below which a person decides.
        calibration: of the confidence, `1 / (1 + exp(-(a + b · lead)))`: a, and b for every point
            of the lead. `benchmarks.calibration` measures both.
    """

    least: float = Field(default=5.0, gt=0)
    sure: float = Field(default=0.93, gt=0, lt=1)
    calibration: tuple[float, Annotated[float, Field(gt=0)]] = (1.6, 0.19)
    category: tuple[Category, ...]

    @model_validator(mode="after")
    def _unambiguous(self) -> Self:
        for what in ("code", "no"):
            values = [getattr(one, what) for one in self.category]
            twice = {value for value in values if values.count(value) > 1}
            if twice:
                told = ", ".join(sorted(twice))
                raise ValueError(Phrase.of(N_("{what} given twice: {told}"), what=what, told=told))
        for lang in ("zh", "en"):
            labels = [getattr(one.label, lang).casefold() for one in self.category]
            if len(labels) != len(set(labels)):
                raise ValueError(
                    Phrase.of(N_("two categories with the same {lang} label"), lang=lang)
                )
        if OTHER not in self.by_code:
            raise ValueError(Phrase.of(N_("the category {other!r} is missing"), other=OTHER))
        return self

    def confidence(self, lead: float) -> float:
        """How often a category with such a lead, in points, is the right one (0–1)."""
        a, b = self.calibration
        return 1 / (1 + exp(-(a + b * lead)))

    @cached_property
    def by_code(self) -> dict[str, Category]:
        """Code → category."""
        return {one.code: one for one in self.category}

    def label(self, code: str, lang: str) -> str:
        """The category's name in `zh` or `en`; the code itself for one no longer declared."""
        found = self.by_code.get(code)
        if found is None:
            return code
        return found.label.zh if lang == "zh" else found.label.en

    def number(self, code: str) -> str:
        """The two digits for archive numbers; those of `other` for one no longer declared."""
        return (self.by_code.get(code) or self.by_code[OTHER]).no

    def resolve(self, text: str) -> str | None:
        """The code for what a person typed: a code, or a label in either language."""
        wanted = text.strip().casefold()
        for one in self.category:
            if wanted in {one.code, one.label.zh.casefold(), one.label.en.casefold()}:
                return one.code
        return None


def read_categories(path: Path) -> Categories:
    """Read `rules/categories.toml`.

    Raises:
        DeclarationError: unknown keys, doubled codes or numbers, labels no folder can have.
    """
    return read_toml(path, Categories)
