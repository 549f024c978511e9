"""Reads one TOML file into a strict model, and says everything that is wrong with it at once."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from archiver.declarations.toml import raw_toml, wrong


class Strict(BaseModel):
    """Base of every declared value: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


M = TypeVar("M", bound=BaseModel)


def read_toml(path: Path, model: type[M]) -> M:
    """Read `path` as `model`.

    Raises:
        DeclarationError: the file is missing, is not TOML, or holds unknown keys or impossible
            values; every problem is named with its key path.
    """
    raw = raw_toml(path)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise wrong(path, _problems(error)) from error


def _problems(error: ValidationError) -> str:
    """Every problem as `key.path: what is wrong`, joined by semicolons."""
    return "; ".join(
        f"{'.'.join(str(part) for part in item['loc']) or '(file)'}: {item['msg']}"
        for item in error.errors(include_url=False)
    )
