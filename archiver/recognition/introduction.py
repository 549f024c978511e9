"""Licences that say for certain who somebody new is: the code and the name agree."""

from dataclasses import dataclass

from archiver.core.model import UNASSIGNED, Field, Findings, Standing, Verdict
from archiver.declarations.categories import Categories
from archiver.recognition.codes import is_credit_code, is_registration_no
from archiver.recognition.directory import Directory
from archiver.recognition.names import ENDING, key

_CERTAIN_CODE = 0.95
"""Confidence of a code that was read as it stands, with a right check digit: none was repaired."""
_CERTAIN_NAME = 0.92
"""Confidence of a name beside its label, of whose line no character is in doubt."""
_CODES = ("credit_code", "registration_no")
_COMPANY, _COOPERATIVE = "公司", "合作社"
_SERIAL = 6
"""Place in a registration number where its serial begins (GS 15-2006 clause 4)."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody nobody knew: as the licence names them, and their code."""

    name: str
    code: str


def introduction(
    verdict: Verdict, everybody: Directory, categories: Categories
) -> Introduction | None:
    """Whom a paper introduces, about which nothing is open but that nobody knows its holder.

    The category must be declared to introduce its holder; code and name must each be certain,
    the only ones of their kind, and agree in what kind of holder they speak of. Nobody may have
    either, nor a similar name without a code that tells the two apart.
    """
    findings = verdict.findings
    rule = categories.by_code.get(verdict.category)
    if rule is None or not rule.introduces or not _only_unknown(verdict):
        return None
    code = _only(findings, _CODES, _CERTAIN_CODE)
    name = _only(findings, ("company_name",), _CERTAIN_NAME)
    if code is None or name is None or not agree(code.value, name.value):
        return None
    folder = findings.reading.scan.arrival.folder
    if folder and everybody.resolve(folder) and key(folder) != key(name.value):
        return None  # who dropped it there says that it is somebody else's: a person decides
    known = everybody.named(name.value)
    if any(one.standing is not Standing.PROPOSED for one in known):
        return None
    return None if _confusable(name.value, everybody) else Introduction(name.value, code.value)


def _only_unknown(verdict: Verdict) -> bool:
    return verdict.customer == UNASSIGNED and {one.code for one in verdict.open} == {
        "unknown_customer"
    }


def _only(findings: Findings, names: tuple[str, ...], certain: float) -> Field | None:
    """The one value of these names; None when there are several, or it is not certain."""
    found = [field for field in findings.fields if field.name in names]
    values = {key(field.value) for field in found}
    best = max(found, key=lambda field: field.confidence, default=None)
    return best if best and len(values) == 1 and best.confidence >= certain else None


def agree(code: str, name: str) -> bool:
    """Whether a code and a name speak of the same kind of holder, and both are whole.

    A credit code begins with 91 for enterprises, 92 for sole traders 个体工商户, 93 for farmers'
    cooperatives (GB 32100-2015 table 1); the serial of a registration number with 0–5 for
    enterprises, 6–9 for sole traders (GS 15-2006 clause 4.2). Sole traders are no 公司.
    """
    if not ENDING.search(name):
        return False
    if is_credit_code(code):
        kind = code[:2]
        if kind == "93" or _COOPERATIVE in name:
            return kind == "93" and _COOPERATIVE in name
        return kind == "91" or (kind == "92" and _COMPANY not in name)
    if is_registration_no(code):
        return code[_SERIAL] < "6" or _COMPANY not in name
    return False


def _confusable(name: str, everybody: Directory) -> bool:
    """Whether somebody of a similar name may be meant: whose own code is not known."""
    return any(
        one.standing is Standing.ACTIVE
        and not any(is_credit_code(code) or is_registration_no(code) for code in one.codes)
        for one in everybody.near(name)
    )
