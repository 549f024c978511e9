"""The query language: text → tree. What cannot be parsed is an error with its position."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from archiver.core.errors import N_, UsageError
from archiver.search.query import STATES, All, AnyOf, Everything, InState, Not, Query, Text, Within

MAX_LENGTH = 2000
MAX_DEPTH = 40

_TOKEN = re.compile(
    r"""(?xs)
    (?P<space>[\s，、]+)
  | (?P<open>[(（]) | (?P<close>[)）])
  | (?P<field>[^\W\d_]+)[:：](?=\S)
  | (?P<phrase>["“”][^"“”]*["“”])
  | (?P<range>\[[^\]]*\])
  | (?P<bound>(?:>=|<=|>|<)[^\s()（）]+)
  | (?P<word>[^\s()（）"“”\[\]，、]+)
  | (?P<stray>.)
    """
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$", re.ASCII)
_STATE_WORDS = {"保管": "retained", "到期": "due", "永久": "permanent", "未定": "undetermined"}


class QueryError(UsageError):
    """A query that cannot be parsed; `at` counts characters from 1."""

    def __init__(self, message: str, at: int, **facts: object) -> None:
        hint = N_("position {at}; examples: 合同 AND 华信, category:invoice, date:2024-03")
        super().__init__(message, hint=hint, at=at, **facts)
        self.at = at


class _Token:
    """A piece of the query: its kind, its text, where it stands (from 1)."""

    def __init__(self, match: re.Match[str]) -> None:
        self.kind = str(match.lastgroup)
        self.text = match.group(self.kind)
        self.at = match.start() + 1


def parse(text: str, aliases: Mapping[str, str]) -> Query:
    """The tree of a query.

    Args:
        text: as a person typed it; nothing at all means everything.
        aliases: every word for a field → the field.

    Raises:
        QueryError: with the position of what is wrong.
    """
    if len(text) > MAX_LENGTH:
        message = N_("the query is longer than {most} characters")
        raise QueryError(message, MAX_LENGTH, most=MAX_LENGTH)
    tokens = [_Token(match) for match in _TOKEN.finditer(text) if match.lastgroup != "space"]
    parser = _Parser(tokens, aliases, len(text) + 1)
    return parser.whole() if tokens else Everything()


class _Parser:
    """Recursive descent: either → both → one."""

    def __init__(self, tokens: list[_Token], aliases: Mapping[str, str], end: int) -> None:
        self._tokens = tokens
        self._aliases = aliases
        self._end = end
        self._next = 0
        self._depth = 0

    def whole(self) -> Query:
        """The tree of all tokens."""
        query = self._either()
        left = self._peek()
        if left:
            raise QueryError(N_("unexpected {text}"), left.at, text=left.text)
        return query

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self) -> _Token:
        """The next token; there must be one."""
        token = self._peek()
        if token is None:
            raise QueryError(N_("the query ends too early"), self._end)
        self._next += 1
        return token

    def _operator(self, word: str) -> bool:
        """Whether the next token is that operator; takes it."""
        token = self._peek()
        if token and token.kind == "word" and token.text == word:
            self._next += 1
            return True
        return False

    def _either(self) -> Query:
        found = [self._both()]
        while self._operator("OR"):
            found.append(self._both())
        return found[0] if len(found) == 1 else AnyOf(tuple(found))

    def _both(self) -> Query:
        found = [self._one()]
        while True:
            joined = self._operator("AND")
            token = self._peek()
            ends = token is None or token.kind == "close" or token.text == "OR"
            if ends and not joined:
                return found[0] if len(found) == 1 else All(tuple(found))
            found.append(self._one())

    def _one(self) -> Query:
        if self._operator("NOT"):
            return self._deeper(lambda: Not(self._one()))
        token = self._take()
        if token.kind == "open":
            return self._deeper(lambda: self._group(token))
        if token.kind == "field":
            return self._field(token)
        return _text(token, None)

    def _deeper(self, inner: Callable[[], Query]) -> Query:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(N_("the query is nested too deeply"), self._end)
        query = inner()
        self._depth -= 1
        return query

    def _group(self, opened: _Token) -> Query:
        query = self._either()
        token = self._peek()
        if token is None or token.kind != "close":
            raise QueryError(N_("this parenthesis is never closed"), opened.at)
        self._next += 1
        return query

    def _field(self, named: _Token) -> Query:
        field = self._aliases.get(named.text.casefold())
        if field is None:
            raise QueryError(
                N_("no field {field}; the fields are {known}"),
                named.at,
                field=named.text,
                known=", ".join(sorted(set(self._aliases.values()))),
            )
        token = self._take()
        if field in {"date", "added", "amount"}:
            return _within(field, token)
        if field == "state":
            return _state(token)
        if token.kind == "open":
            raise QueryError(N_("name the field again inside the parentheses"), token.at)
        return _text(token, field)


def _text(token: _Token, field: str | None) -> Query:
    if token.kind == "word" and token.text in {"AND", "OR", "NOT"}:
        raise QueryError(N_("{text} has nothing before it"), token.at, text=token.text)
    if token.kind not in {"word", "phrase", "bound"}:
        raise QueryError(N_("unexpected {text}"), token.at, text=token.text)
    needle = token.text.strip('"“”').strip()
    if not needle.strip("*?"):
        raise QueryError(N_("nothing to look for"), token.at)
    return Text(needle, field)


def _state(token: _Token) -> Query:
    state = _STATE_WORDS.get(token.text, token.text.casefold())
    if state not in STATES:
        raise QueryError(
            N_("no state {text}; the states are {known}"),
            token.at,
            text=token.text,
            known=", ".join(STATES),
        )
    return InState(state)


def _within(field: str, token: _Token) -> Query:
    """A day, month, year, amount, or a range of them."""
    text = token.text
    if token.kind == "range":
        low, to, high = text.strip("[]").partition(" TO ")
        if not to:
            raise QueryError(N_("a range is written [FROM TO UNTIL]"), token.at)
        return Within(field, _bound(field, low, token)[0], _bound(field, high, token)[1])
    sign = text[: len(text) - len(text.lstrip("<>="))]
    first, last = _bound(field, text[len(sign) :], token)
    if first is None or last is None:
        return Within(field, None, None)
    return {
        ">=": Within(field, first, None),
        ">": Within(field, last + 1, None),
        "<=": Within(field, None, last),
        "<": Within(field, None, first - 1),
    }.get(sign, Within(field, first, last))


def _bound(field: str, text: str, token: _Token) -> tuple[int | None, int | None]:
    """The first and the last number that a date or an amount means; `*` is open."""
    text = text.strip()
    if text in {"", "*"}:
        return None, None
    try:
        if field == "amount":
            number = int(Decimal(text.replace(",", "")) * 100)
            return number, number
        return days(text)
    except (ValueError, InvalidOperation, OverflowError) as error:
        wanted = N_("{text} is not a date like 2024, 2024-03 or 2024-03-05")
        money = N_("{text} is not an amount")
        raise QueryError(money if field == "amount" else wanted, token.at, text=text) from error


def days(text: str) -> tuple[int, int]:
    """Ordinals of the first and last day of a year, month or day.

    Raises:
        ValueError: it is none of them.
    """
    match = _DAY.match(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    first = date(year or 0, month or 1, day or 1)
    last_month = month or 12
    last_day = day or calendar.monthrange(first.year, last_month)[1]
    return first.toordinal(), date(first.year, last_month, last_day).toordinal()
