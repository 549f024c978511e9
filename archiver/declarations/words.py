"""The words: gettext, chosen once at the front door, used wherever a person reads.

The chosen language is the one piece of ambient state in the house: a context variable, because
every sentence needs it and no decision does.
"""

import gettext as _gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from archiver.core.errors import N_

DOMAIN = "archiver"
LOCALE = Path(__file__).resolve().parent.parent / "locale"
"""Where `<locale>/LC_MESSAGES/archiver.mo` lies."""
LOCALES = {"zh": "zh_CN", "en": "en"}
"""Language → the locale its catalogue is filed under; the sources are English."""
LANGUAGES = tuple(LOCALES)

_Chosen = tuple[str, _gettext.NullTranslations]
_chosen: ContextVar[_Chosen] = ContextVar("words")
_NONE: _Chosen = ("en", _gettext.NullTranslations())


def choose(lang: str) -> None:
    """Speak `lang` (`zh` or `en`) from here on in this context."""
    _chosen.set(_words_of(lang))


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak `lang` inside the block: for what is written into a vault, in the vault's language."""
    before = _chosen.set(_words_of(lang))
    try:
        yield
    finally:
        _chosen.reset(before)


def _words_of(lang: str) -> _Chosen:
    found = _gettext.translation(DOMAIN, LOCALE, [LOCALES.get(lang, lang)], fallback=True)
    return lang, found


def language() -> str:
    """The chosen language, `en` before any choice."""
    return _chosen.get(_NONE)[0]


def listing(found: Iterable[str]) -> str:
    """Words joined as the chosen language joins them."""
    return translate(N_(", ")).join(found)


def ngettext(one: str, many: str, count: int) -> str:
    """Of two templates the one that fits `count`, in the chosen language."""
    return _chosen.get(_NONE)[1].ngettext(one, many, count)


def translate(text: str) -> str:
    """`text` in the chosen language; itself where no translation exists."""
    return _chosen.get(_NONE)[1].gettext(text) if text else ""
