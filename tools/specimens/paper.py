"""Draws papers as PDF pages: titles, labelled values, tables, a seal, and the mark SPECIMEN."""

from collections.abc import Sequence
from datetime import UTC, datetime
from math import cos, pi, sin
from pathlib import Path
from random import Random

from fpdf import FPDF
from fpdf.enums import WrapMode

_MADE = datetime(2024, 1, 1, tzinfo=UTC)
_RED = (200, 30, 30)
Colour = tuple[int, int, int]


class Paper(FPDF):
    """One paper, drawn from the top down; lengths in millimetres.

    Args:
        font: a TrueType font with Chinese characters.
        landscape: the long side of an A4 lies.
        size: width and height of another sheet than A4.
    """

    def __init__(
        self, font: Path, *, landscape: bool = False, size: tuple[float, float] | None = None
    ) -> None:
        super().__init__(orientation="L" if landscape else "P", format=size or "A4")
        self.set_creation_date(_MADE)
        self.add_font("han", fname=font)
        self.set_auto_page_break(auto=size is None, margin=20)
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

    def frame(self, colour: Colour = _RED) -> None:
        """A double border around the page, as certificates have."""
        self.set_draw_color(*colour)
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
        """A paragraph, broken at blanks."""
        self.set_font("han", size=size)
        self.multi_cell(0, size * 0.62, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(1.5)

    def prose(self, text: str, size: int = 11, lead: float = 0.62) -> None:
        """A Chinese paragraph, broken at any character."""
        self.set_font("han", size=size)
        self.multi_cell(
            0, size * lead, text, wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT", align="L"
        )
        self.ln(1.5)

    def grid(self, rows: Sequence[Sequence[str]], widths: Sequence[float], size: int = 10) -> None:
        """A table with lines."""
        self.set_font("han", size=size)
        for row in rows:
            for text, width in zip(row, widths, strict=True):
                self.cell(width, size * 0.8, text, border=1)
            self.ln(size * 0.8)
        self.ln(3)

    def put(self, x: float, y: float, text: str, *, size: float = 11, width: float = 0) -> None:
        """Text whose first line begins at x, y; broken into lines of `width` when given."""
        self.set_font("han", size=size)
        if not width:
            self.text(x, y + size * 0.3, text)
            return
        self.set_xy(x, y - size * 0.07)
        self.multi_cell(width, size * 0.5, text, wrapmode=WrapMode.CHAR, align="L")

    def middle(self, y: float, text: str, size: float) -> None:
        """Text in the middle of the page."""
        self.set_font("han", size=size)
        self.text((self.w - self.get_string_width(text)) / 2, y + size * 0.3, text)

    def ink(self, colour: Colour = (0, 0, 0)) -> None:
        """The colour of text and lines that follow."""
        self.set_text_color(*colour)
        self.set_draw_color(*colour)

    def tint(self, colour: Colour) -> None:
        """A paper of that colour; the marks go over it."""
        self.set_fill_color(*colour)
        self.rect(0, 0, self.w, self.h, style="F")
        self.across()

    def across(self, text: str = "样本 SPECIMEN", shade: int = 222) -> None:
        """A pale mark across the page, under whatever is drawn after it."""
        self.set_font("han", size=self.w / 6)
        self.set_text_color(shade, shade, shade)
        half = self.get_string_width(text) / 2
        with self.rotation(30, self.w / 2, self.h / 2):
            self.text(self.w / 2 - half, self.h / 2 + self.w / 50, text)
        self.set_text_color(0, 0, 0)

    def squares(self, x: float, y: float, side: float, seed: int) -> None:
        """A pattern that looks like a QR code and says nothing."""
        cells = 29
        step = side / cells
        dice = Random(seed)
        self.set_fill_color(0, 0, 0)
        for row in range(cells):
            for column in range(cells):
                edge = (min(row, cells - 1 - row), min(column, cells - 1 - column))
                eye = max(edge) < 8 and not (row > 8 and column > 8)
                if not eye and dice.random() < 0.5:
                    self.rect(x + column * step, y + row * step, step, step, style="F")
        for left, top in ((0, 0), (cells - 7, 0), (0, cells - 7)):
            for inset, shade in ((0, 0), (1, 255), (2, 0)):
                self.set_fill_color(shade, shade, shade)
                corner = (x + (left + inset) * step, y + (top + inset) * step)
                self.rect(*corner, (7 - 2 * inset) * step, (7 - 2 * inset) * step, style="F")

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

    def stamp(
        self, x: float, y: float, around: str, below: str = "样本", *, radius: float = 18
    ) -> None:
        """A round seal with its owner's name along the rim, as companies have; see-through."""
        self.ink(_RED)
        self.set_line_width(0.9)
        with self.local_context(fill_opacity=0.75, stroke_opacity=0.75):
            self.ellipse(x - radius, y - radius, 2 * radius, 2 * radius)
            self.set_font("han", size=radius * 0.9)
            self.text(x - radius * 0.16, y + radius * 0.12, "★")
            self.set_font("han", size=radius * 0.5)
            self.text(x - self.get_string_width(below) / 2, y + radius * 0.62, below)
            self._along(x, y, radius * 0.78, around)
        self.ink()
        self.set_line_width(0.2)

    def _along(self, x: float, y: float, radius: float, text: str) -> None:
        """Characters on the upper part of a circle."""
        arc = min(1.45 * pi, 0.26 * len(text))
        self.set_font("han", size=min(10.0, radius * 0.6, 75 / len(text)))
        for place, letter in enumerate(text):
            angle = (place + 0.5) / len(text) * arc - arc / 2
            at = (x + radius * sin(angle), y - radius * cos(angle))
            with self.rotation(-angle * 180 / pi, *at):
                self.text(at[0] - self.get_string_width(letter) / 2, at[1] + 1, letter)
