"""Writes OFD, the layout format of Chinese electronic invoices (GB/T 33190-2016).

Text and straight lines on one page; fonts are named, not embedded. Lengths in millimetres.
"""

from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from tools.specimens.packed import write_zip

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FONT, _LAYER = 3, 2


@dataclass(slots=True)
class Ofd:
    """A page being drawn.

    Attributes:
        width: of the page.
        height: of the page.
        facts: name and value of the custom data in OFD.xml (clause 7.4, CustomDatas).
    """

    width: float
    height: float
    facts: dict[str, str] = field(default_factory=dict)
    _objects: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 3.2) -> None:
        """A line of text whose box begins at x, y (clause 11.3, TextObject)."""
        steps = [size if ord(c) > 0x2E7F else size / 2 for c in text]
        moves = " ".join(f"{step:g}" for step in steps[:-1])
        code = f'<ofd:TextCode X="0" Y="{size * 0.86:.3f}"'
        code += f' DeltaX="{moves}">' if moves else ">"
        self._objects.append(
            f'<ofd:TextObject ID="{self._next()}" Font="{_FONT}" Size="{size:g}"'
            f' Boundary="{x:g} {y:g} {sum(steps) + 1:.3f} {size * 1.2:.3f}">'
            f"{code}{escape(text)}</ofd:TextCode></ofd:TextObject>"
        )

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """A ruled box (clause 9.1, PathObject)."""
        path = f"M 0 0 L {width:g} 0 L {width:g} {height:g} L 0 {height:g} C"
        self._objects.append(
            f'<ofd:PathObject ID="{self._next()}" Boundary="{x:g} {y:g} {width:g} {height:g}"'
            f' LineWidth="0.25"><ofd:StrokeColor Value="128 0 0"/>'
            f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def save(self, path: Path) -> None:
        """Write the package (clause 7: OFD.xml, Document.xml, PublicRes.xml, Content.xml)."""
        parts = {
            "OFD.xml": self._root(),
            "Doc_0/Document.xml": self._document(),
            "Doc_0/PublicRes.xml": (
                f'<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts>'
                f'<ofd:Font ID="{_FONT}" FontName="宋体" FamilyName="宋体"/>'
                "</ofd:Fonts></ofd:Res>"
            ),
            "Doc_0/Pages/Page_0/Content.xml": (
                f"<ofd:Page {_NS}><ofd:Area><ofd:PhysicalBox>{self._area()}</ofd:PhysicalBox>"
                f'</ofd:Area><ofd:Content><ofd:Layer ID="{_LAYER}">{"".join(self._objects)}'
                "</ofd:Layer></ofd:Content></ofd:Page>"
            ),
        }
        write_zip(path, {name: (_XML + text).encode() for name, text in parts.items()})

    def _next(self) -> int:
        return _FONT + 2 + len(self._objects)

    def _area(self) -> str:
        return f"0 0 {self.width:g} {self.height:g}"

    def _root(self) -> str:
        facts = "".join(
            f'<ofd:CustomData Name="{name}">{escape(text)}</ofd:CustomData>'
            for name, text in self.facts.items()
        )
        return (
            f'<ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
            "<ofd:DocID>00000000000000000000000000009901</ofd:DocID>"
            "<ofd:Title>电子发票 样本 SPECIMEN</ofd:Title><ofd:CreationDate>2025-03-20"
            f"</ofd:CreationDate><ofd:CustomDatas>{facts}</ofd:CustomDatas></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        )

    def _document(self) -> str:
        return (
            f"<ofd:Document {_NS}><ofd:CommonData><ofd:MaxUnitID>{self._next()}</ofd:MaxUnitID>"
            f"<ofd:PageArea><ofd:PhysicalBox>{self._area()}</ofd:PhysicalBox></ofd:PageArea>"
            "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>"
            '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'
        )
