"""An example paper that a category carries as its proof."""

from pydantic import Field

from archiver.declarations.strict import Strict


class Example(Strict):
    """A paper as text, and what must be read on it.

    Attributes:
        text: the lines of its first page.
        file: what it was dropped as, where that matters.
        fields: name of a value → value, as `ingest --json` gives it.
    """

    text: str = Field(min_length=1)
    file: str = ""
    fields: dict[str, str] = Field(default_factory=dict)
