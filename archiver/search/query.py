"""What a query means, whatever engine answers it. The tree, not the string, reaches an engine.

Text is compared as `core.normalise.searchable` writes it. The answer is exactly what a look at
every document would give:

* A Text is found wherever its characters stand, punctuation included, but not in the middle of a
  Latin word or a number: `合同` is found in `采购合同书`, `car` is not found in `card`. Words are
  not stemmed.
* In a Wildcard `?` stands for one letter, digit or Han character and `*` for up to `REACH` of
  them, none included; where it begins or ends with `*`, it may stand in the middle of a word.
* Without a field both are looked for in the text, the title, the customer's name and id, the
  category's code and labels, and every number and tag. With a field, there alone:
  `customer` finds the id, or a Text anywhere in the name or an alias, also in the middle of a word;
  `category` finds a code or a label, of which a Text must be the whole.
* Numbers and tags (`code no plate phone tag`) are looked through as written and by their letters
  and digits alone; asked for by field, so is the Text.
"""

from dataclasses import dataclass

from archiver.core.normalise import searchable

STATES = ("retained", "due", "permanent", "undetermined")
"""What a document can be on the day of the question. It is due from its due day on."""
REACH = 64
"""How many characters a `*` stands for at most: what keeps every search linear in the text."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Text:
    """A word, a phrase, a Han string or a mix of them, in one field or (None) anywhere.

    However it is written, it is kept searchable; an empty one is found nowhere.
    """

    needle: str
    field: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "needle", searchable(self.needle))


@dataclass(frozen=True, slots=True)
class Wildcard:
    """The same with `*` and `?`; something else must be beside them."""

    pattern: str
    field: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", searchable(self.pattern))


@dataclass(frozen=True, slots=True)
class Present:
    """The field has a value (an empty text is none)."""

    field: str


@dataclass(frozen=True, slots=True)
class Within:
    """A number between two bounds, both included; None is open.

    `date` and `added` are counted in days (`date.toordinal`), `amount` in hundredths, cut off.
    """

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class InState:
    """Where retention stands on the day of the question."""

    state: str


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but."""

    query: "Query"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them."""

    queries: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of them."""

    queries: "tuple[Query, ...]"


Query = Everything | Text | Wildcard | Present | Within | InState | Not | All | AnyOf


def wanted(query: Query) -> tuple[Text | Wildcard, ...]:
    """What a hit may hold in its text, and a snippet shows: whatever is not negated."""
    if isinstance(query, Text | Wildcard):
        return (query,) if query.field in {None, "text"} else ()
    if isinstance(query, All | AnyOf):
        return tuple(one for part in query.queries for one in wanted(part))
    return ()
