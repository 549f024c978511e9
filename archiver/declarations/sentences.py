"""Every reason code with its sentence: what a person reads in `show --why` or a reason file.

Codes are never translated; the sentences are, and are filled with the facts of the reason.
"""

from archiver.core.errors import N_
from archiver.core.model import Because
from archiver.declarations.words import translate

_INTAKE = {
    "empty": N_("The file is empty (0 bytes). Scan the paper again."),
    "internal_error": N_(
        "The program failed on this file ({error}). The file is safe here; please report it."
    ),
}

SENTENCES: dict[str, str] = {**_INTAKE}
"""Code → English template."""


def sentence(because: Because) -> str:
    """The reason in the chosen language; the bare code when it has no sentence."""
    template = SENTENCES.get(because.code)
    if template is None:
        return because.code
    return translate(template).format(**dict(because.facts))
