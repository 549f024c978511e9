"""Wrong drops, and who takes them back."""

from collections.abc import Callable
from datetime import datetime

import pytest

from archiver.catalogue import acts
from archiver.core.errors import Refused
from archiver.core.model import Document
from archiver.custody import party
from archiver.custody.act import confirm
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.review.decide import assign
from archiver.vault.vault import Vault
from tests.worlds import (
    CODE,
    acting_as,
    drop,
    ingest,
)

NAME = "青梧市华信样本运输有限公司"
WHY = "张三的身份证，不是我们的"


def dropped(vault: Vault, name: str = "猫.txt", text: str = "一只猫") -> Document:
    """A paper as intake leaves it."""
    drop(vault, name, text)
    document = ingest(vault)[name].document
    assert document
    return document


def known(vault: Vault) -> str:
    return party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE]).id


def by(login: str, vault: Vault, number: str, at: datetime | None = None) -> acts.Act:
    with acting_as(vault, login, at):
        return confirm(vault, number)


def code_of(run: Callable[[], object]) -> str:
    with pytest.raises(Refused) as told:
        run()
    assert told.value.advice()
    return told.value.code


def sound(vault: Vault) -> None:
    publish(vault)
    assert not check(vault, deep=True, progress=lambda done, of: None)


def accepted(vault: Vault, document: Document) -> None:
    whose = party.directory(vault).resolve(NAME)
    assert whose
    assign(vault, document, whose.id, None)
