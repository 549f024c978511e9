"""`index/queries.toml`: questions that the search must answer, and the papers that answer them."""

import datetime as dt
from pathlib import Path

from pydantic import Field, model_validator

from archiver.core.errors import N_, Phrase
from archiver.declarations.strict import Strict, read_toml


class Known(Strict):
    """A paper that questions are asked about, as it was read.

    Attributes:
        file: what it is called here; of the shipped ones, its path in the sample vault's inbox.
        values: code, no, plate, phone, amount, tag → what was read.
        aliases: other names of the customer.
    """

    file: str = Field(min_length=1)
    title: str
    customer: str
    category: str
    text: str
    date: dt.date | None = None
    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    aliases: tuple[str, ...] = ()


class Question(Strict):
    """A query as it is typed, and what it must find among the papers: these and no others.

    Attributes:
        finds: what the exact answer is.
        near: what the second try finds besides; None where that is not asked.
    """

    query: str
    finds: tuple[str, ...]
    near: tuple[str, ...] | None = None


class Questions(Strict):
    """The whole file.

    Attributes:
        today: the day on which the questions are asked, and the papers were added.
    """

    today: dt.date = dt.date(2026, 1, 1)
    paper: tuple[Known, ...] = ()
    query: tuple[Question, ...] = ()

    @model_validator(mode="after")
    def _of_papers_that_are_there(self) -> "Questions":
        files = [one.file for one in self.paper]
        twice = sorted({one for one in files if files.count(one) > 1})
        if twice:
            told = ", ".join(twice)
            raise ValueError(Phrase.of(N_("{what} given twice: {told}"), what="file", told=told))
        for asked in self.query:
            for name in (*asked.finds, *(asked.near or ())):
                if name not in files:
                    text = N_("query {query}: there is no paper {name}")
                    raise ValueError(Phrase.of(text, query=asked.query, name=name))
        return self


def read_questions(path: Path) -> Questions:
    """Read the questions; a vault older than this file has none.

    Raises:
        DeclarationError: the file cannot be followed.
    """
    return read_toml(path, Questions) if path.exists() else Questions()
