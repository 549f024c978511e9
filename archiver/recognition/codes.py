"""Credit codes and registration numbers, with their check digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015 table 2: no I, O, S, V, Z."""
_WEIGHTS = tuple(3**place % 31 for place in range(17))
_ALIKE = {"O": "0", "I": "1", "Z": "2", "S": "5", "Q": "0", "L": "1", "B": "8", "8": "B", "D": "0"}
"""What OCR takes for another: as read → as it may be."""
_MOST_REPAIRS = 64

_CREDIT = re.compile(r"(?<![0-9A-Z])[1-9ANY][0-9A-Z]\d[0-9A-Z]{15}(?![0-9A-Z])")
_GLUED = re.compile(r"(?<![0-9A-Z])(?=[0-9A-Z]{19,26}(?![0-9A-Z]))[0-9A-Z]+")
"""A code that something was read on to: (1-1), the end of its label."""
_REGISTRATION = re.compile(r"(?<![0-9A-Z])[0-9OQDILZSB]{15}(?![0-9A-Z])")
_DIGIT = str.maketrans("OQDILZSB", "00011258")
"""Letters that a number of digits alone cannot have."""
_FEWEST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Code:
    """A code in a text.

    Attributes:
        value: as it is meant (18 or 15 characters).
        raw: as it stands there.
        start: character offset.
        confidence: 0.98 with a right check digit, 0.9 after one unique repair, or where it had to
            be cut out; 0.4 without.
    """

    value: str
    raw: str
    start: int
    confidence: float


def credit_check(code: str) -> str:
    """The 18th character for the first 17 (GB 32100-2015 clause 5.4, MOD 31)."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(code[:17], _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether `code` is a unified social credit code with a right check digit."""
    return (
        len(code) == 18
        and all(c in ALPHABET for c in code)
        and code[2:8].isdigit()
        and credit_check(code) == code[17]
    )


def registration_check(number: str) -> str:
    """The 15th digit for the first 14 (GS 15-2006, ISO 7064 MOD 11,10)."""
    rest = 10
    for digit in number[:14]:
        rest = ((rest % 11 + int(digit)) % 10 or 10) * 2
    return str((11 - rest % 11) % 10)


def is_registration_no(number: str) -> bool:
    """Whether `number` is a 15-digit registration number with a right check digit."""
    return len(number) == 15 and number.isdigit() and registration_check(number) == number[14]


def credit_codes(text: str) -> Iterator[Code]:
    """Everything of the shape of a credit code in upper-case `text`."""
    for match in _CREDIT.finditer(text):
        raw = match.group()
        if is_credit_code(raw):
            yield Code(raw, raw, match.start(), 0.98)
            continue
        repaired = {one for one in _repairs(raw) if is_credit_code(one)}
        if len(repaired) == 1:
            yield Code(repaired.pop(), raw, match.start(), 0.9)
        elif all(c in ALPHABET for c in raw):
            yield Code(raw, raw, match.start(), 0.4)


def glued_codes(text: str) -> Iterator[Code]:
    """Credit codes that something was read on to: the one cut that has a right check digit."""
    for match in _GLUED.finditer(text):
        run = match.group()
        cuts = [at for at in range(len(run) - 17) if is_credit_code(run[at : at + 18])]
        if len(cuts) == 1 and _CREDIT.fullmatch(run[cuts[0] : cuts[0] + 18]):
            code = run[cuts[0] : cuts[0] + 18]
            yield Code(code, run, match.start() + cuts[0], 0.9)


def _repairs(raw: str) -> Iterator[str]:
    """Every reading of `raw` in which look-alikes are what they may be."""
    choices = [(c, _ALIKE[c]) if c in _ALIKE else (c,) for c in raw]
    count = 1
    for options in choices:
        count *= len(options)
    if count <= _MOST_REPAIRS:
        yield from ("".join(option) for option in product(*choices))


def registration_numbers(text: str) -> Iterator[Code]:
    """Every run of 15 digits in `text` that is a registration number, or may be one.

    Letters that look like digits are mended where the check digit says that this is right.
    """
    for match in _REGISTRATION.finditer(text):
        raw = match.group()
        number = raw.translate(_DIGIT)
        if raw.isdigit():
            yield Code(raw, raw, match.start(), 0.98 if is_registration_no(raw) else 0.4)
        elif sum(map(str.isdigit, raw)) >= _FEWEST_DIGITS and is_registration_no(number):
            yield Code(number, raw, match.start(), 0.92)
