"""Reads one TOML file into a strict model, and says everything that is wrong with it at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from archiver.core.errors import N_, Phrase
from archiver.declarations.toml import LIST, ONE_EACH, TABLE, UNKNOWN, raw_toml, wrong
from archiver.declarations.words import translate


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
        raise wrong(path, _problems(error, raw)) from error


_SAID = {
    "missing": N_("it is missing"),
    "extra_forbidden": UNKNOWN,
    "literal_error": N_("expected {expected}"),
    "string_type": N_("expected a text"),
    "string_too_short": N_("expected a text"),
    "string_pattern_mismatch": N_("not of the form {pattern}"),
    "greater_than": N_("expected more than {gt}"),
    "greater_than_equal": N_("expected at least {ge}"),
    "less_than": N_("expected less than {lt}"),
    "less_than_equal": N_("expected at most {le}"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), N_("expected a whole number")),
    **dict.fromkeys(("float_type", "float_parsing"), N_("expected a number")),
    **dict.fromkeys(("bool_type", "bool_parsing"), N_("expected true or false")),
    **dict.fromkeys(("date_type", "date_from_datetime_parsing"), N_("expected a date")),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), TABLE),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), LIST),
}
"""pydantic's types of errors in our words; of the others it speaks itself."""


def _problems(error: ValidationError, raw: object) -> str:
    """Every problem as `key.path: what is wrong`, a line each; before it whose, if that has an id.

    Key paths count from 0, and who wrote the file knows the names.
    """
    return ONE_EACH.join(
        f"{_whose(item['loc'], raw)}{'.'.join(map(str, item['loc'])) or '(file)'}: {_said(item)}"
        for item in error.errors(include_url=False)
    )


_NAMES = ("id", "code", "name")
"""What an entry of a list goes by."""


def _whose(path: Sequence[int | str], raw: object) -> str:
    match (path, raw):
        case ((str(key), int(at), *_), dict()) if isinstance(raw.get(key), list):
            listed = raw[key]
            entry = listed[at] if at < len(listed) else None
            found = (entry.get(name) for name in _NAMES) if isinstance(entry, dict) else ()
            name = next((one for one in found if isinstance(one, str)), None)
            return f"{name}: " if name else ""
    return ""


def _said(problem: ErrorDetails) -> str:
    context = problem.get("ctx", {})
    ours = getattr(context.get("error"), "args", ("",))[0]
    if isinstance(ours, Phrase):
        return ours.said(translate)
    template = _SAID.get(problem["type"])
    return translate(template).format(**context) if template else problem["msg"]
