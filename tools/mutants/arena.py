"""Runs tests against mutants: a child process for each, which ends at the first test that fails.

A mutant that differs inside a function only is put into the modules as they stand; the tests have
been read once, before. Any other one needs all that was imported from it to be imported anew, so
its child begins with nothing imported.
"""

import importlib.util
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType, FunctionType, ModuleType

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from tools.mutants.mutate import Mutant

hypothesis.settings.register_profile(
    "mutants",
    derandomize=True,
    database=None,
    deadline=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
"""An example that fails is enough; nobody reads the smallest one."""

_OPTIONS = (
    *("-q", "-s", "-x", "-p", "no:cacheprovider", "--hypothesis-profile=mutants"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
_BROKEN = 99
"""How a child ends in which something else went wrong than a test."""
_PATIENCE = 20
"""Seconds of work, added to thrice what all tests take, after which a mutant is taken to hang."""


def module_name(file: str) -> str:
    """The name under which a file of the checkout is imported."""
    return file.removesuffix(".py").replace("/", ".")


def fought(tests: Sequence[str], mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether a test noticed it.

    Raises:
        RuntimeError: the tests fail where nothing is wrong.
    """
    if _noticed(lambda: _anew(tests), 600):
        raise RuntimeError("the tests fail where nothing is wrong")
    for mutant in mutants:
        if not mutant.callable:
            yield mutant, _noticed(lambda mutant=mutant: _anew(tests, mutant), 600)
    arena = _Arena([mutant for mutant in mutants if mutant.callable])
    code = pytest.main([*_OPTIONS, *tests], plugins=[arena])
    if code or not arena.ran:
        raise RuntimeError("the tests fail where nothing is wrong")
    yield from arena.results


def _anew(tests: Sequence[str], mutant: Mutant | None = None) -> bool:
    """Whether all tests pass, read anew where the mutant takes the place of its module."""
    if mutant:
        sys.meta_path.insert(0, _Finder(mutant))
    return pytest.main([*_OPTIONS, *tests]) == pytest.ExitCode.OK


def _noticed(passes: Callable[[], bool], seconds: int) -> bool:
    """Whether `passes` does not, in a child that may work so long."""
    child = os.fork()
    if not child:
        _quiet()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        try:
            os._exit(0 if passes() else 1)
        finally:
            os._exit(_BROKEN)
    ended = os.waitpid(child, 0)[1]
    if os.WIFEXITED(ended) and os.WEXITSTATUS(ended) == _BROKEN:
        raise RuntimeError("a mutant could not be put in its place")
    return ended != 0


def _quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


class _Finder:
    """Gives the mutant to whoever imports its module."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """The module, with other code."""
        if name != module_name(self._mutant.file):
            return None
        loader = _Loader(name, self._mutant.file, self._mutant.code)
        return importlib.util.spec_from_file_location(name, self._mutant.file, loader=loader)


class _Loader(SourceFileLoader):
    def __init__(self, name: str, file: str, code: CodeType) -> None:
        super().__init__(name, file)
        self._code = code

    def get_code(self, _: str) -> CodeType:
        return self._code


class _Arena:
    """Takes the place of pytest's loop over its tests."""

    def __init__(self, mutants: Sequence[Mutant]) -> None:
        self._mutants = mutants
        self.results: list[tuple[Mutant, bool]] = []
        self.ran = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Once as it is, and once for each mutant; the quickest tests come first."""
        took = {item: _seconds(item) for item in session.items}
        if None in took.values():
            session.testsfailed += 1
            return True
        items = sorted(session.items, key=lambda item: took[item] or 0)
        most = int(3 * sum(one or 0 for one in took.values())) + _PATIENCE
        for number, mutant in enumerate(self._mutants, start=1):
            print(f"\r{number}/{len(self._mutants)}", end="", file=sys.stderr)
            noticed = _noticed(lambda mutant=mutant: _survives(mutant, items), most)
            self.results.append((mutant, noticed))
        print(file=sys.stderr)
        self.ran = True
        return True


def _seconds(item: pytest.Item) -> float | None:
    """How long a test works; None when it fails."""
    begun = time.process_time()
    passed = _passes(item)
    return time.process_time() - begun if passed else None


def _passes(item: pytest.Item) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=None)
    return not any(report.failed for report in reports)


def _survives(mutant: Mutant, items: Sequence[pytest.Item]) -> bool:
    _put(mutant.code, sys.modules[module_name(mutant.file)])
    return all(map(_passes, items))


def _put(code: CodeType, module: ModuleType) -> None:
    """Give the functions of a module the code they have in another compilation of it."""
    codes = {one.co_qualname: one for one in _nested(code)}
    for function in _functions(vars(module).values(), module):
        function.__code__ = codes[function.__qualname__]


def _nested(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _nested(constant)


def _functions(values: Iterable[object], module: ModuleType) -> Iterator[FunctionType]:
    """Functions, methods and properties written in a module; not what dataclasses wrote."""
    for one in values:
        found = one.fget if isinstance(one, property) else getattr(one, "__func__", one)
        if isinstance(one, type) and one.__module__ == module.__name__:
            yield from _functions(vars(one).values(), module)
        elif isinstance(found, FunctionType) and found.__code__.co_filename == module.__file__:
            yield found
