"""Reading → Findings: what the paper is, and the values on it. Pure."""

from archiver.core.model import Findings, Reading
from archiver.declarations.categories import Categories
from archiver.declarations.fields import FieldRules
from archiver.recognition.category import categorise
from archiver.recognition.fields import find
from archiver.recognition.rows import rows


def recognise(reading: Reading, categories: Categories, fields: FieldRules) -> Findings:
    """What the text says the paper is."""
    category = categorise(reading.pages, categories)
    found = find(tuple(rows(reading.pages)), category.code, fields)
    return Findings(reading, category, found)
