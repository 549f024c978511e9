"""The words: gettext, chosen once at the front door, used wherever a person reads.

The chosen language is the one piece of ambient state in the house: a context variable, because
every sentence needs it and no decision does.
"""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_LOCALE = Path(__file__).resolve().parent.parent / "locale"
_chosen: ContextVar[tuple[str, _gettext.NullTranslations]] = ContextVar("words")

LANGUAGES = ("zh", "en")


def choose(lang: str) -> None:
    """Speak `lang` (`zh` or `en`) from here on in this context."""
    names = {"zh": ["zh_CN"]}.get(lang, [lang])
    _chosen.set((lang, _gettext.translation("archiver", _LOCALE, names, fallback=True)))


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak `lang` inside the block: for what is written into a vault, in the vault's language."""
    before = _chosen.get(("en", _gettext.NullTranslations()))
    choose(lang)
    try:
        yield
    finally:
        _chosen.set(before)


def language() -> str:
    """The chosen language, `en` before any choice."""
    return _chosen.get(("en", _gettext.NullTranslations()))[0]


def translate(text: str) -> str:
    """`text` in the chosen language; itself where no translation exists."""
    return _chosen.get(("en", _gettext.NullTranslations()))[1].gettext(text) if text else ""
