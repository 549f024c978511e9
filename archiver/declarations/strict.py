"""Reads one TOML file into a strict model, and says everything that is wrong with it at once."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from archiver.core.errors import N_, DeclarationError


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
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DeclarationError(
            N_("{file}: the file is missing"),
            hint=N_("copy it back from a fresh vault made with: archiver init"),
            file=path,
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(
            N_("{file}: not readable as TOML: {why}"),
            hint=N_("mend the file, then run the command again"),
            file=path,
            why=error,
        ) from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise DeclarationError(
            N_("{file}: {problems}"),
            hint=N_("mend the file, then run the command again"),
            file=path,
            problems=_problems(error),
        ) from error


def _problems(error: ValidationError) -> str:
    """Every problem as `key.path: what is wrong`, joined by semicolons."""
    return "; ".join(
        f"{'.'.join(str(part) for part in item['loc']) or '(file)'}: {item['msg']}"
        for item in error.errors(include_url=False)
    )
