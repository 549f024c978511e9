"""Draws papers as PDF pages: titles, labelled values, tables, a seal, and the mark SPECIMEN."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

_MADE = datetime(2024, 1, 1, tzinfo=UTC)
_RED = (200, 30, 30)


class Paper(FPDF):
    """One paper on A4, drawn from the top down; lengths in millimetres.

    Args:
        font: a TrueType font with Chinese characters.
        landscape: the long side lies.
    """

    def __init__(self, font: Path, *, landscape: bool = False) -> None:
        super().__init__(orientation="L" if landscape else "P", format="A4")
        self.set_creation_date(_MADE)
        self.add_font("han", fname=font)
        self.set_auto_page_break(auto=True, margin=20)
        self.set_margin(20)
        self.new_page()

    def new_page(self) -> None:
        """A fresh page with its marks."""
        self.add_page()
        self.set_font("han", size=9)
        self.set_text_color(150, 150, 150)
        self.text(self.w - 45, 12, "样本 SPECIMEN")
        self.text(20, self.h - 10, "样本，仅供演示 · SPECIMEN, for demonstration only")
        self.set_text_color(0, 0, 0)

    def heading(self, text: str, size: int = 24) -> None:
        """A heading in the middle."""
        self.set_font("han", size=size)
        self.cell(0, size * 0.6, text, align="C", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def frame(self) -> None:
        """A double border around the page, as certificates have."""
        self.set_draw_color(*_RED)
        for inset, width in ((8, 0.9), (10.5, 0.3)):
            self.set_line_width(width)
            self.rect(inset, inset, self.w - 2 * inset, self.h - 2 * inset)
        self.set_draw_color(0, 0, 0)
        self.set_line_width(0.2)

    def value(self, label: str, text: str, *, size: int = 13, gap: float = 42) -> None:
        """A label with its value to the right."""
        self.set_font("han", size=size)
        self.cell(gap, size * 0.75, label)
        self.multi_cell(0, size * 0.75, text, new_x="LMARGIN", new_y="NEXT")

    def words(self, text: str, size: int = 11) -> None:
        """A paragraph."""
        self.set_font("han", size=size)
        self.multi_cell(0, size * 0.62, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(1.5)

    def grid(self, rows: Sequence[Sequence[str]], widths: Sequence[float], size: int = 10) -> None:
        """A table with lines."""
        self.set_font("han", size=size)
        for row in rows:
            for text, width in zip(row, widths, strict=True):
                self.cell(width, size * 0.8, text, border=1)
            self.ln(size * 0.8)
        self.ln(3)

    def seal(self, x: float, y: float, text: str = "样本专用章") -> None:
        """A round red seal with its middle at x, y."""
        self.set_draw_color(*_RED)
        self.set_text_color(*_RED)
        self.set_line_width(1)
        self.ellipse(x - 18, y - 18, 36, 36)
        self.set_font("han", size=11)
        self.text(x - 11, y + 2, text)
        self.set_font("han", size=16)
        self.text(x - 3, y - 6, "★")
        self.set_draw_color(0, 0, 0)
        self.set_text_color(0, 0, 0)
        self.set_line_width(0.2)
