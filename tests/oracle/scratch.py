"""Scratch vaults for the player: one is made, every other one is a copy of it."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from archiver.catalogue import rule_sets
from archiver.catalogue.ledger import Stamp
from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import Flag
from archiver.vault.create import create
from archiver.vault.settings import ClockSettings, RetentionSettings
from archiver.vault.vault import Vault, open_vault
from tests.judge.books import Settings
from tests.worlds import NOW, prepared

CATEGORIES = (
    "repair_order",
    "warranty_repair_record",
    "inspection_sheet",
    "photo",
    "contract",
    "business_licence",
    "tax_certificate",
    "tax_payment_receipt",
    "tax_return",
    "bank_statement",
    "accounting_voucher",
    "annual_financial_report",
    "custody_register",
    "destruction_register",
    "appraisal_opinion",
    "order",
    "tax",
    "minutes",
    "other",
)
"""What the papers of the cases are; their rules decide what that means."""


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="oracle-"))
    atexit.register(shutil.rmtree, folder)
    vault, _ = create(folder / "vault", "en", "system", lambda: NOW)
    with vault:
        declared = "least = 5.0\nsure = 0.93\ncalibration = [1.6, 0.19]\n"
        for number, code in enumerate(CATEGORIES, start=1):
            label = f'{{ zh = "{code}", en = "{code}" }}'
            declared += f'[[category]]\ncode = "{code}"\nno = "{number:02d}"\nlabel = {label}\n'
        (vault.layout.rules / "categories.toml").write_text(declared, encoding="utf-8")
        with vault.catalogue.write() as tx:
            tx.exec_driver_sql("DELETE FROM meta WHERE key = 'last_trusted'")
    return folder / "vault"


@contextmanager
def scratch_vault(rules: RuleSet, settings: Settings) -> Iterator[Vault]:
    """A new vault under these rules and settings; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        root = Path(folder) / "vault"
        shutil.copytree(_template(), root)
        with prepared(open_vault(root, "system", lambda: NOW)) as vault:
            vault.__dict__["zone"] = ZoneInfo(settings.zone.key)
            days = ClockSettings(max_unattended_days=settings.most_unattended or 0)
            asked = {"retention": _retention(settings), "clock": days}
            vault.settings = vault.settings.model_copy(update=asked)
            with vault.catalogue.write() as tx:
                rule_sets.activate(
                    tx, Stamp(NOW, NOW.date(), "P0001"), rules.content_hash, rules.text()
                )
            yield vault


def _retention(settings: Settings) -> RetentionSettings:
    terms = settings.terms
    return RetentionSettings(
        ingest_grace_days=terms.ingest_grace,
        post_release_grace_days=terms.release_grace,
        shortening_notice_days=terms.shortening_notice,
        inspection_interval_days=terms.inspection_interval,
        cooling_off_days=terms.cooling_off,
        approval_valid_days=terms.approval_valid,
        withdraw_days=settings.withdraw_days,
        non_reappraisable_flags=tuple(Flag(one) for one in sorted(settings.never_reappraised)),
    )
