"""All the ways in which one module can be made wrong in one place."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from tools.mutants.operators import instead_of, only_names

_UNREAD = {"annotation", "returns", "decorator_list", "bases", "keywords", "ctx"}
"""Parts of definitions that say nothing about what is worked out."""


@dataclass(frozen=True)
class Mutant:
    """A module that is wrong in one place.

    Attributes:
        scope: the class or function of the place, dotted; empty for the module itself.
        change: what stood there → what stands there instead, numbered where it is not the first.
        code: the module, compiled.
        callable: the place is inside the body of a function: nothing else of the module differs.
    """

    file: str
    line: int
    scope: str
    change: str
    code: CodeType
    callable: bool

    @property
    def key(self) -> str:
        """Names it as long as its function does not change there: no line numbers."""
        return f"{Path(self.file).stem}.{self.scope or '*'}: {self.change}"


@dataclass(frozen=True)
class _Place:
    parent: ast.AST
    field: str
    was: ast.AST
    now: ast.AST
    whole: object
    scope: tuple[str, ...]
    callable: bool


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    seen: Counter[str] = Counter()
    for place in _places(tree, (), inside=False):
        change = f"{_told(place.was)} → {_told(place.now)}"
        told = f"{'.'.join(place.scope)}: {change}"
        seen[told] += 1
        before = getattr(place.parent, place.field)
        setattr(place.parent, place.field, place.whole)
        code = compile(ast.fix_missing_locations(tree), str(path), "exec")
        setattr(place.parent, place.field, before)
        yield Mutant(
            file=str(path),
            line=getattr(place.was, "lineno", 0) or getattr(place.parent, "lineno", 0),
            scope=".".join(place.scope),
            change=change if seen[told] == 1 else f"{change} #{seen[told]}",
            code=code,
            callable=place.callable,
        )


def _told(node: ast.AST) -> str:
    """The first line of a node, written out; of a choice of cases, those it has."""
    if isinstance(node, ast.Match):
        return " | ".join(ast.unparse(case.pattern) for case in node.cases)
    return ast.unparse(node).strip().split("\n", 1)[0]


def _places(node: ast.AST, scope: tuple[str, ...], *, inside: bool) -> Iterator[_Place]:
    function = isinstance(node, ast.FunctionDef)
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        scope = (*scope, node.name)
    for field, value in ast.iter_fields(node):
        if field in _UNREAD and not isinstance(node, ast.Call):
            continue
        within = inside or (function and field == "body")
        for was, around in _children(value):
            if _worthless(node, was, inside=within):
                continue
            for now in instead_of(was):
                placed = ast.copy_location(now, was)
                yield _Place(node, field, was, placed, around(placed), scope, within)
            yield from _places(was, scope, inside=within)


def _children(value: object) -> Iterator[tuple[ast.AST, Callable[[ast.AST], object]]]:
    """The nodes of a field, each with what makes the field anew around another one."""
    if isinstance(value, ast.AST):
        yield value, lambda now: now
    elif isinstance(value, list):
        for place, one in enumerate(value):
            if isinstance(one, ast.AST):
                yield one, lambda now, n=place: [*value[:n], now, *value[n + 1 :]]


def _worthless(node: ast.AST, was: ast.AST, *, inside: bool) -> bool:
    """Docstrings, words of sentences, and names of types."""
    if isinstance(was, ast.Constant):
        return isinstance(node, ast.Expr | ast.JoinedStr)
    names_type = isinstance(was, ast.Subscript) and not inside
    return names_type or only_names(was)
