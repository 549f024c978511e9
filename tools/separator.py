"""Draws `docs/separator.pdf`: `python -m tools.separator [TEXT] --font FONT.ttf`.

A sheet to print and lay between two papers of a batch scan. TEXT is what `vault.toml` says under
`separator`; any other program that prints QR codes does as well.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import zxingcpp
from fpdf import FPDF
from PIL import Image

from archiver.vault.settings import BatchSettings

_SIDE = 90.0
"""Millimetres."""


def main() -> None:
    """Draw the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = str(BatchSettings.model_fields["separator"].default)
    parser.add_argument("text", nargs="?", default=usual)
    parser.add_argument("--font", type=Path, required=True)
    options = parser.parse_args()
    target = Path(__file__).resolve().parents[1] / "docs" / "separator.pdf"
    target.write_bytes(drawn(options.text, options.font))


def drawn(text: str, font: Path) -> bytes:
    """The sheet: the code twice, so that it is found whichever way the sheet lies."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    picture = Image.fromarray(np.array(code.to_image(scale=8)))
    sheet = FPDF(format="A4")
    sheet.set_creation_date(datetime(2024, 1, 1, tzinfo=UTC))
    sheet.add_font("han", fname=font)
    sheet.set_auto_page_break(auto=False)
    sheet.add_page()
    for top in (30, 175):
        sheet.image(picture, (sheet.w - _SIDE) / 2, top, _SIDE, _SIDE)
    sheet.set_font("han", size=20)
    for top, words in ((140, "下一份文件"), (155, "NEXT PAPER")):
        sheet.set_y(top)
        sheet.cell(0, 10, words, align="C")
    sheet.set_font("han", size=10)
    sheet.set_y(270)
    sheet.cell(0, 8, text, align="C")
    return bytes(sheet.output())


if __name__ == "__main__":
    main()
