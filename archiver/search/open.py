"""Opens the index at its address."""

import importlib
from pathlib import Path

from archiver.core.errors import N_, EngineError
from archiver.search.base import SearchEngine

_ENGINES = {"whoosh": "archiver.search.whoosh_engine"}
"""Scheme of the address → module with `open_index(folder)`."""


def open_engine(address: str, base: Path) -> SearchEngine:
    """Open the index at `address` (`whoosh:index`), folders relative to `base`.

    Raises:
        EngineError: no engine of that name.
    """
    scheme, _, target = address.partition(":")
    if scheme not in _ENGINES:
        raise EngineError(
            N_("unknown search engine {scheme}"),
            hint=N_("vault.toml, key search: one of {known}"),
            scheme=scheme,
            known=", ".join(_ENGINES),
        )
    engine: SearchEngine = importlib.import_module(_ENGINES[scheme]).open_index(base / target)
    return engine
