"""Settings, and the declarations as shipped."""

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from archiver.declarations.categories import read_categories
from archiver.declarations.codes import FIELDS
from archiver.declarations.fields import read_fields
from archiver.declarations.findable import read_aliases
from archiver.declarations.shipped import shipped
from archiver.vault.settings import Settings
from tools.reference.markdown import table

_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {8}\S.*)*)", re.MULTILINE)
_OTHERS = {
    "credit_code": "found by its form and its check digit (GB 32100-2015)",
    "registration_no": "found by its form and its check digit (GS 15-2006)",
    "currency": "found by the sign of the currency",
    "plate": "found by its form",
}
"""Fields that are read without a label."""


def settings() -> str:
    """`.archiver/vault.toml`."""
    rows = [(f"`{key}`", default, told) for key, default, told in _settings(Settings)]
    return (
        "`.archiver/vault.toml`. Every key may be left out; an unknown key or an"
        " impossible value is\nrefused with its key path (exit 3).\n\n"
    ) + table(("key", "default", "meaning"), rows)


def _settings(model: type[BaseModel], lead: str = "") -> Iterator[tuple[str, str, str]]:
    meanings = _attributes(model)
    for key, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _settings(inner, f"{key}.")
        elif several := _several(field):
            yield f"{lead}{key}", "none", meanings[key]
            yield from _settings(several, f"{key}[].")
        else:
            yield f"{lead}{key}", _default(field), meanings[key] + _choices(field)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "–"
    if field.default is None:
        return "none"
    whole = isinstance(field.default, tuple)
    return f"`{[str(one) for one in field.default] if whole else field.default}`"


def _several(field: FieldInfo) -> type[BaseModel] | None:
    """What each table of an array of tables is."""
    inner = next(iter(get_args(field.annotation)), None)
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def _attributes(model: type[BaseModel]) -> Mapping[str, str]:
    """Attribute → what the docstring says of it."""
    found = _ATTRIBUTE.findall(inspect.getdoc(model) or "")
    return {name: " ".join(text.split()).rstrip(".") for name, text in found}


def _choices(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal and len(get_args(field.annotation)) > 1:
        return f": {', '.join(f'`{one}`' for one in get_args(field.annotation))}"
    bounds = {
        name: getattr(one, name)
        for one in field.metadata
        for name in ("ge", "gt", "le")
        if getattr(one, name, None) is not None
    }
    if not bounds:
        return ""
    low = f"{bounds['ge']}" if "ge" in bounds else f"more than {bounds['gt']}"
    return f" ({low} to {bounds['le']})" if "le" in bounds else f" ({low} or more)"


def categories() -> str:
    """`rules/categories.toml`."""
    found = read_categories(shipped("rules") / "categories.toml")
    rows = (
        (f"`{one.code}`", one.no, one.label.zh, one.label.en, "yes" if one.holder else "")
        for one in found.category
    )
    told = table(("code", "no", "Chinese", "English", "names its holder"), rows)
    return (
        "As shipped; a vault's own stand in its `rules/categories.toml`, whose keys\n"
        "[rules.md](rules.md) explains.\n\n"
        f"{told}\nNot recognised below {found.least} points; a person decides below a confidence"
        f" of {found.sure}.\n"
    )


def fields() -> str:
    """Values read off papers, with the labels of `rules/fields.toml`."""
    labels: dict[str, list[str]] = {}
    kinds: dict[str, set[str]] = {}
    for rule in read_fields(shipped("rules") / "fields.toml").field:
        known = labels.setdefault(rule.name, [])
        known += [label for label in rule.labels if label not in known]
        kinds.setdefault(rule.name, set()).add(rule.kind)
    rows = (
        (
            f"`{name}`",
            called,
            ", ".join(sorted(kinds.get(name, ()))),
            "、".join(labels.get(name, ())) or _OTHERS[name],
        )
        for name, called in FIELDS.items()
    )
    return (
        "As shipped; a vault's own labels stand in its `rules/fields.toml`. Dates are ISO days,"
        " `expiry_date` may\nbe `long-term`; amounts are decimal texts.\n\n"
    ) + table(("field", "called", "read as", "stands beside"), rows)


def findable() -> str:
    """Fields of the query language, with the words of `index/fields.toml`."""
    names: dict[str, list[str]] = {}
    for word, field in read_aliases(shipped("index") / "fields.toml").items():
        names.setdefault(field, []).extend([] if word == field else [word])
    rows = ((f"`{field}`", "、".join(words)) for field, words in names.items())
    return table(("field", "other words"), rows)
