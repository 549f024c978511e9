"""What every table of the catalogue is made with: one shape for every engine.

Instants are ISO 8601 with offset, civil days ISO dates, both as text: they sort, and any tool
reads them. Lists and evidence are canonical JSON.
"""

from sqlalchemy import Column, ForeignKey, MetaData, String

METADATA = MetaData()


def key(name: str, target: str | None = None) -> Column[str]:
    """A text column that is (part of) the primary key, perhaps pointing elsewhere."""
    reference = (ForeignKey(target),) if target else ()
    return Column(name, String, *reference, primary_key=True)


def text(name: str, target: str | None = None, *, null: bool = False) -> Column[str]:
    """A text column, perhaps pointing elsewhere."""
    reference = (ForeignKey(target),) if target else ()
    return Column(name, String, *reference, nullable=null)
