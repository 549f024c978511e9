"""The ways in which code is made wrong: each gives what may stand instead of a node."""

import ast
from collections.abc import Iterator

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
"""A boundary moved, and the opposite."""

_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_ORDERING = {"sorted", "reversed"}
_WORDS = {"N_", "TypeVar"}
"""Calls that only name something: what a sentence says is checked where it is told."""

_NOTHING = ast.Constant(value=None)


def instead_of(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand where `node` stands: an expression for one, a statement for one."""
    make = _MAKERS.get(type(node))
    if make:
        yield from make(node)


def less_of(items: list[ast.AST], *, ordered: bool) -> Iterator[list[ast.AST]]:
    """The items without one of them; where they are in order, also with two neighbours swapped."""
    for place in range(len(items)):
        yield [*items[:place], *items[place + 1 :]]
    for place in range(1, len(items) if ordered else 0):
        one, other = items[place - 1 : place + 1]
        if ast.dump(one) != ast.dump(other):
            yield [*items[: place - 1], other, one, *items[place + 1 :]]


def only_names(node: ast.AST) -> bool:
    """Nothing in it is worth being made wrong: names, and `strict`, which forbids what never is."""
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in _WORDS


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for place, operator in enumerate(node.ops):
        for other in _COMPARED[type(operator)]:
            ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)


def _boolean(node: ast.BoolOp) -> Iterator[ast.AST]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield ast.BoolOp(other, node.values)
    for values in less_of(list(node.values), ordered=False):
        yield ast.BoolOp(node.op, values) if len(values) > 1 else values[0]


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool(value):
            yield ast.Constant(not value)
        case int(value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case str(value):
            yield ast.Constant(value + "~")


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _counted(node: ast.BinOp) -> Iterator[ast.AST]:
    other = _COUNTED.get(type(node.op))
    if other:
        yield ast.BinOp(node.left, other(), node.right)


def _call(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Name):
        name = node.func.id
        if name in _CALLED:
            yield ast.Call(ast.Name(_CALLED[name], ast.Load()), node.args, node.keywords)
        if name in _ORDERING:
            yield ast.Call(ast.Name("list", ast.Load()), node.args[:1], [])
    for said in node.keywords:
        if said.arg != "strict":
            yield ast.Call(node.func, node.args, [one for one in node.keywords if one is not said])


def _either(node: ast.IfExp) -> Iterator[ast.AST]:
    yield node.body
    yield node.orelse


def _display(node: ast.List | ast.Tuple | ast.Set) -> Iterator[ast.AST]:
    if isinstance(node, ast.Set):
        yield from (ast.Set(some) for some in less_of(list(node.elts), ordered=False) if some)
    elif isinstance(node.ctx, ast.Load):
        for some in less_of(list(node.elts), ordered=True):
            yield type(node)(some, ast.Load())


def _table(node: ast.Dict) -> Iterator[ast.AST]:
    for kept in less_of(list(range(len(node.keys))), ordered=False):
        yield ast.Dict([node.keys[n] for n in kept], [node.values[n] for n in kept])


def _filtered(node: ast.comprehension) -> Iterator[ast.AST]:
    for ifs in less_of(list(node.ifs), ordered=False):
        yield ast.comprehension(node.target, node.iter, ifs, node.is_async)


def _dropped(node: ast.stmt) -> Iterator[ast.AST]:
    told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if not told:
        yield ast.Pass()


def _set(node: ast.Assign) -> Iterator[ast.AST]:
    if not all(isinstance(target, ast.Name) for target in node.targets):
        yield ast.Pass()


def _returned(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is None:
        yield ast.Pass()
    elif not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield ast.Return(_NOTHING)


def _asked(node: ast.If) -> Iterator[ast.AST]:
    for answer in (True, False):
        yield ast.If(ast.Constant(answer), node.body, node.orelse)


def _repeated(node: ast.While) -> Iterator[ast.AST]:
    yield ast.While(ast.Constant(False), node.body, node.orelse)


def _each(node: ast.For) -> Iterator[ast.AST]:
    yield ast.For(node.target, ast.Tuple([], ast.Load()), node.body, node.orelse)


def _cases(node: ast.Match) -> Iterator[ast.AST]:
    yield from (ast.Match(node.subject, some) for some in less_of(node.cases, ordered=False))


_MAKERS = {
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.Constant: _constant,
    ast.UnaryOp: _unary,
    ast.BinOp: _counted,
    ast.Call: _call,
    ast.IfExp: _either,
    ast.List: _display,
    ast.Tuple: _display,
    ast.Set: _display,
    ast.Dict: _table,
    ast.comprehension: _filtered,
    ast.Expr: _dropped,
    ast.AugAssign: _dropped,
    ast.Raise: _dropped,
    ast.Continue: _dropped,
    ast.Assign: _set,
    ast.Return: _returned,
    ast.If: _asked,
    ast.While: _repeated,
    ast.For: _each,
    ast.Match: _cases,
}
