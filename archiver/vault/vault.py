"""Opens a vault: one value handed to every job, its engines made on first use."""

from __future__ import annotations

import importlib
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from archiver.core.clock import Clock, system_clock
from archiver.core.errors import N_, DeclarationError, UsageError
from archiver.vault.glance import glance
from archiver.vault.layout import Layout

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from archiver.catalogue.store import Catalogue, Connection
    from archiver.declarations.categories import Categories
    from archiver.declarations.fields import FieldRules
    from archiver.declarations.retention import RuleSet
    from archiver.reading.reader import Reader
    from archiver.search.base import SearchEngine
    from archiver.vault.settings import Settings

_ROOMS = {
    "settings": "archiver.vault.settings",
    "catalogue": "archiver.catalogue.store",
    "reading": "archiver.reading.reader",
    "limits": "archiver.reading.limits",
    "search": "archiver.search.open",
    "categories": "archiver.declarations.categories",
    "fields": "archiver.declarations.fields",
    "retention": "archiver.declarations.retention",
    "raised": "archiver.declarations.raised",
    "versions": "archiver.catalogue.rule_sets",
}
"""What is loaded only when first needed: a search waits for none of it but its own engine."""


class Vault:
    """One archive: where it lies, what it was told, what day it is, and its engines.

    Attributes:
        layout: where things lie.
        login: the operating-system user who acts.
    """

    def __init__(self, root: Path, login: str, clock: Clock | None) -> None:
        self.layout = Layout(root)
        self.login = login
        self._clock = clock

    @cached_property
    def settings(self) -> Settings:
        """`vault.toml`.

        Raises:
            DeclarationError: it cannot be followed.
        """
        settings: Settings = importlib.import_module(_ROOMS["settings"]).read_settings(
            self.layout.settings
        )
        return settings

    @cached_property
    def zone(self) -> ZoneInfo:
        """Civil days are days of this zone."""
        seen = glance(self.layout.settings)
        return seen.zone if seen else self.settings.zone

    @cached_property
    def clock(self) -> Clock:
        """Gives the present instant."""
        return self._clock or system_clock(self.zone)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is known of every paper."""
        room = importlib.import_module(_ROOMS["catalogue"])
        catalogue: Catalogue = room.open_catalogue(self.settings.catalogue, self.layout.state)
        catalogue.prepare(self.clock(), founding=not self.layout.has_history())
        return catalogue

    @cached_property
    def search(self) -> SearchEngine:
        """The search index."""
        return self._engine("")

    @cached_property
    def search_anew(self) -> SearchEngine:
        """The index that is being made anew beside it; there is none most of the time."""
        return self._engine("-anew")

    def _engine(self, suffix: str) -> SearchEngine:
        room = importlib.import_module(_ROOMS["search"])
        seen = glance(self.layout.settings) or self.settings
        engine: SearchEngine = room.open_engine(f"{seen.search}{suffix}", self.layout.state)
        return engine

    @cached_property
    def reader(self) -> Reader:
        """The worker processes that open foreign bytes."""
        limits = importlib.import_module(_ROOMS["limits"])
        room = importlib.import_module(_ROOMS["reading"])
        chosen = self.settings.reading
        reader: Reader = room.Reader(
            limits.ReadingLimits(
                engine=chosen.engine,
                parsers=chosen.parsers,
                recognisers=chosen.recognisers,
            ),
            (self.layout.inbox, self.layout.scratch, self.layout.quarantine),
            (self.layout.customers,),
        )
        return reader

    @cached_property
    def categories(self) -> Categories:
        """What a paper can be."""
        room = importlib.import_module(_ROOMS["categories"])
        categories: Categories = room.read_categories(self.layout.rules / "categories.toml")
        return categories

    @cached_property
    def fields(self) -> FieldRules:
        """Which values stand beside which labels."""
        room = importlib.import_module(_ROOMS["fields"])
        fields: FieldRules = room.read_fields(self.layout.rules / "fields.toml")
        return fields

    @cached_property
    def rules(self) -> RuleSet:
        """How long papers would be kept by the files: a proposal until it is activated.

        What counts is the version in force; see `custody.rules`.
        """
        room = importlib.import_module(_ROOMS["retention"])
        rules: RuleSet = room.read_rule_sets(self.layout.rules / "retention")
        return rules

    @property
    def proposed_rules(self) -> RuleSet | None:
        """The same; None when the files cannot be followed, which stops nothing."""
        try:
            return self.rules
        except DeclarationError:
            return None

    def rules_in_force(self, tx: Connection) -> RuleSet:
        """The rules that count: what was activated last, not what a file says meanwhile.

        A vault from before versions were kept has none: there the files count.
        """
        versions = importlib.import_module(_ROOMS["versions"])
        version = versions.in_force(tx)
        said = versions.said(tx, version) if version else None
        if said is None:
            return self.rules
        rules: RuleSet = importlib.import_module(_ROOMS["retention"]).rule_set_of(said)
        return rules

    def declared(self, rules: RuleSet | None = None) -> None:
        """Read every declaration now: an act is not half done when one cannot be followed.

        Args:
            rules: of retention, which the categories must fit; those in force when None.

        Raises:
            DeclarationError: one of them cannot be followed, or they do not fit together.
            EngineError: no engine of the name that `vault.toml` gives.
        """
        for name in ("settings", "categories", "fields", "search"):
            getattr(self, name)
        if rules is None:
            with self.catalogue.read() as tx:
                rules = self.rules_in_force(tx)
        check = importlib.import_module(_ROOMS["raised"]).refuse_unknown
        check(self.layout.rules / "categories.toml", self.categories, rules)

    def close(self) -> None:
        """Let go of whatever was opened."""
        for name in ("reader", "search", "search_anew", "catalogue"):
            engine = self.__dict__.pop(name, None)
            if engine is not None:
                engine.close()

    def __enter__(self) -> Vault:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_vault(root: Path, login: str, clock: Clock | None = None) -> Vault:
    """Open the vault at `root`.

    Args:
        root: its folder, absolute.
        login: the operating-system user who acts.
        clock: gives the present instant; the machine's clock when None.

    Raises:
        UsageError: there is no vault there.
    """
    layout = Layout(root)
    if not layout.state.is_dir():
        raise UsageError(
            N_("{folder} is not a vault"),
            hint=N_("make one there: archiver init {folder}"),
            folder=root,
        )
    return Vault(root, login, clock)
