"""Papers of office programs made for the tests: by the libraries of others, as far as there are."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from email.message import EmailMessage

import docx
import openpyxl
import pillow_heif
import pptx
from PIL import Image
from pptx.util import Inches

from tests.reading.papers import encoded, lettered

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SCAN = encoded(lettered("LICENCE 7", size=(600, 200)), "PNG")
LOGO = encoded(lettered("LOGO", size=(200, 90)), "PNG")


def saved(document: object) -> bytes:
    """What a library writes."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def a_letter(*pictures: bytes) -> bytes:
    """A DOCX of two pages with a header, a footer, tables within tables, and pictures."""
    letter = docx.Document()
    letter.core_properties.title = "采购合同"
    letter.sections[0].header.paragraphs[0].text = "青梧市华信样本运输有限公司"
    letter.sections[0].footer.paragraphs[0].text = "内部资料"
    letter.add_heading("采购合同", 0)
    letter.add_paragraph("合同编号：\tYB-2026-001")
    table = letter.add_table(2, 2)
    table.cell(0, 0).text = "甲方：华信\n地址：一路"
    table.cell(0, 1).text = "乙方：样本\n地址：二路"
    table.cell(1, 0).text = "金额"
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text = "小写"
    inner.cell(0, 1).text = "￥5,000.00"
    letter.add_page_break()
    letter.add_paragraph("第二页")
    for picture in pictures:
        letter.add_picture(io.BytesIO(picture))
    return saved(letter)


def a_book(rows: Iterable[Iterable[object]], formats: Mapping[str, str] = {}) -> bytes:
    """An XLSX with one sheet; `formats` are those of single cells."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for cell, code in formats.items():
        book.active[cell].number_format = code
    return saved(book)


def a_talk() -> bytes:
    """A PPTX of two slides with a table, notes and a picture; the second one is empty."""
    talk = pptx.Presentation()
    slide = talk.slides.add_slide(talk.slide_layouts[1])
    slide.shapes.title.text = "年度汇报"
    slide.placeholders[1].text = "要点一\n要点二"
    slide.notes_slide.notes_text_frame.text = "口头说明"
    one = Inches(1)
    table = slide.shapes.add_table(1, 2, one, one, one, one).table
    table.cell(0, 0).text, table.cell(0, 1).text = "客户", "华信"
    slide.shapes.add_picture(io.BytesIO(SCAN), one, one)
    talk.slides.add_slide(talk.slide_layouts[6])
    return saved(talk)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes | str) -> bytes:
    """The same package with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, bytes | str] = {one: archive.read(one) for one in archive.namelist()}
    return zipped({**parts, name: part})


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_text(box: str, code: str, text: str, size: float = 4, more: str = "") -> str:
    """A text object: `box` is its boundary, `code` the attributes of its one text code."""
    return (
        f'<ofd:TextObject Boundary="{box}" Size="{size}" {more}>'
        f"<ofd:TextCode {code}>{text}</ofd:TextCode></ofd:TextObject>"
    )


def ofd_page(inside: str, area: str = "0 0 200 100", under: str = "") -> str:
    """The XML of a page."""
    box = f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>" if area else ""
    template = f'<ofd:Template TemplateID="{under}"/>' if under else ""
    layer = f"<ofd:Content><ofd:Layer>{inside}</ofd:Layer></ofd:Content>"
    return f"<ofd:Page {_OFD}>{box}{template}{layer}</ofd:Page>"


def an_ofd(*pages: str, template: str = "", note: str = "", media: bytes = SCAN) -> bytes:
    """An OFD of those pages. Template 7 lies under pages that want it; picture 5 is `media`.

    Args:
        pages: XML as `ofd_page` gives it.
        template: objects of template 7.
        note: objects put on top of the first page.
        media: bytes of the picture.
    """
    listed = "".join(
        f'<ofd:Page ID="{100 + number}" BaseLoc="Pages/{number}.xml"/>'
        for number in range(len(pages))
    )
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocInfo><ofd:Title>发票</ofd:Title>"
            "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"\ufeff<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea>"
            "<ofd:PhysicalBox>0 0 200 100</ofd:PhysicalBox></ofd:PageArea>"
            "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
            '<ofd:TemplatePage ID="7" BaseLoc="/Doc_0/Tpl.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{listed}</ofd:Pages>"
            "<ofd:Annotations>Notes/All.xml</ofd:Annotations></ofd:Document>",
            "Doc_0/Res.xml": f'<ofd:Res {_OFD} BaseLoc="Res"><ofd:MultiMedias>'
            '<ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile>'
            "</ofd:MultiMedia></ofd:MultiMedias></ofd:Res>",
            "Doc_0/Res/scan.png": media,
            "Doc_0/Tpl.xml": ofd_page(template),
            "Doc_0/Notes/All.xml": f'<ofd:Annotations {_OFD}><ofd:Page PageID="100">'
            "<ofd:FileLoc>1.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>",
            "Doc_0/Notes/1.xml": f"<ofd:PageAnnot {_OFD}><ofd:Annot>"
            f'<ofd:Appearance Boundary="100 50 50 20">{note}</ofd:Appearance></ofd:Annot>'
            "</ofd:PageAnnot>",
            **{f"Doc_0/Pages/{number}.xml": page for number, page in enumerate(pages)},
        }
    )


def a_photo(picture: Image.Image, **options: object) -> bytes:
    """A HEIC."""
    pillow_heif.register_heif_opener()
    stream = io.BytesIO()
    picture.save(stream, "HEIF", **options)
    return stream.getvalue()


def a_mail(subject: str = "合同") -> EmailMessage:
    """A mail with a text and nothing attached."""
    mail = EmailMessage()
    mail["From"] = "样本甲 <a@b.example>"
    mail["To"] = "车管所 <c@d.example>"
    mail["Date"] = "Tue, 05 May 2026 10:00:00 +0800"
    mail["Subject"] = subject
    mail["Message-ID"] = "<1@b.example>"
    mail.set_content("您好，\n附件是合同。\n")
    return mail
