"""Reading → Findings: what the paper is, and the values on it. Pure."""

from archiver.core.model import Findings, Reading
from archiver.declarations.categories import Categories
from archiver.declarations.fields import FieldRules
from archiver.recognition.category import called, categorise
from archiver.recognition.fields import find
from archiver.recognition.rows import rows
from archiver.recognition.symbols import symbol_rows


def recognise(reading: Reading, categories: Categories, fields: FieldRules) -> Findings:
    """What the text says the paper is."""
    category = categorise(reading.pages, categories, called(reading.scan.arrival))
    printed, symbols = tuple(rows(reading.pages)), tuple(symbol_rows(reading.pages))
    found = find(printed, category.code, fields, symbols)
    return Findings(reading, category, found)
