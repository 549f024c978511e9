"""Mails: their head and text as lines, and the papers that hang on them, whoever wrote them how."""

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from pathlib import Path

import pytest

from archiver.core.errors import DocumentError
from archiver.reading import inside, mail
from archiver.reading.image import Bounds
from archiver.reading.limits import ReadingLimits
from archiver.reading.page import Told, Trouble
from archiver.reading.reader import Reader
from archiver.reading.sniff import MAIL, media_type
from tests.reading.papers import scan_of, written

BOUNDS = Bounds(pages=5, pixels=10**8, ocr_pixels=10**6, lines=1000, parts=50)
ALLOWANCE = inside.Allowance(parts=50, member=2_000_000, total=3_000_000)


def a_mail(text: str = "贵公司：\n附件请查收。", subject: str = "关于合同") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "样本甲 <a@specimen.invalid>"
    made["To"] = "b@specimen.invalid"
    made["Date"] = "Mon, 18 May 2026 09:00:00 +0800"
    made["Message-ID"] = "<1@specimen.invalid>"
    made["Subject"] = subject
    made.set_content(text)
    return made


def told(folder: Path, content: bytes) -> tuple[dict[str, str], list[str]]:
    """Facts and lines."""
    path = written(folder, "a.eml", content)
    assert media_type(path) == MAIL
    facts, page = list(mail.tell(path, BOUNDS))
    assert isinstance(page, Told)
    return facts.facts, [line for line, _ in page.lines]


def held(folder: Path, content: bytes) -> dict[str, bytes]:
    """What hangs on it: name → bytes."""
    return dict(parts(folder, content))


def parts(folder: Path, content: bytes) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for header, chunk in inside.tell(written(folder, "a.eml", content), MAIL, ALLOWANCE):
        if "part" in header:
            found.append((str(header["name"]), b""))
        found[-1] = (found[-1][0], found[-1][1] + chunk)
    return found


def test_head_text_and_attachments(tmp_path: Path) -> None:
    made = a_mail()
    made.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename="采购合同.pdf")
    made.add_attachment("单据,金额\n", filename="明细.csv")
    facts, lines = told(tmp_path, made.as_bytes())
    assert facts["subject"] == "关于合同"
    assert facts["attachments"] == "2"
    assert facts["date"] == "2026-05-18T09:00:00+08:00"
    assert lines == [
        "From: 样本甲 <a@specimen.invalid>",
        "To: b@specimen.invalid",
        "Date: Mon, 18 May 2026 09:00:00 +0800",
        "Subject: 关于合同",
        "贵公司：",
        "附件请查收。",
    ]
    assert list(held(tmp_path, made.as_bytes())) == ["采购合同.pdf", "明细.csv"]


def test_html_is_read_where_there_is_nothing_plain(tmp_path: Path) -> None:
    html = (
        "<html><head><title>no</title><style>p{}</style></head><body><script>x()</script>"
        "<p>第一&nbsp;段</p><div>第二<b>段</b></div><table><tr><td>金额</td><td>5,000</td></tr></table>"
        "末<br>尾<!-- 注 --></body></html>"
    )
    both = a_mail("  \n")
    both.add_alternative(html, subtype="html")
    _, lines = told(tmp_path, both.as_bytes())
    assert lines[4:] == ["第一 段", "第二段", "金额\t5,000", "末", "尾"]
    plain = a_mail("纯文本")
    plain.add_alternative("<p>网页</p>", subtype="html")
    assert told(tmp_path, plain.as_bytes())[1][4:] == ["纯文本"]
    empty = a_mail("")
    empty.add_alternative("  ", subtype="html")
    assert told(tmp_path, empty.as_bytes())[1][4:] == []


def test_small_pictures_and_signatures_stay_in_the_mail(tmp_path: Path) -> None:
    made = a_mail()
    made.add_alternative("<p>见图<img src='cid:a'></p>", subtype="html")
    related = made.get_payload()[1]  # type: ignore[index]
    related.add_related(b"l" * 900, "image", "png", cid="<a>", filename="logo.png")  # type: ignore[union-attr]
    related.add_related(b"p" * 60_000, "image", "jpeg", cid="<b>", filename="照片.jpg")  # type: ignore[union-attr]
    made.add_attachment(b"s", maintype="application", subtype="pkcs7-signature", filename="x.p7s")
    made.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="会议.ics")
    made.add_attachment(b"i" * 900, maintype="image", subtype="png", filename="小图.png")
    assert list(held(tmp_path, made.as_bytes())) == ["照片.jpg", "小图.png"]


def test_a_mail_in_a_mail_comes_out_as_it_was(tmp_path: Path) -> None:
    inner = a_mail("内", "转发的合同")
    inner.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename="里.pdf")
    made = a_mail()
    made.add_attachment(inner)
    ((name, content),) = parts(tmp_path, made.as_bytes())
    assert name.endswith(".eml")
    assert content.strip() == inner.as_bytes().strip()


def raw(head: bytes, body: bytes = b"x") -> bytes:
    return b"Message-ID: <1@x>\r\nMIME-Version: 1.0\r\n" + head + b"\r\n" + body


@pytest.mark.parametrize(
    "subject",
    [
        "关于采购合同".encode("gb18030"),
        "关于采购合同".encode(),
        b"=?gb2312?B?udjT2rLJubq6z82s?=",
        b"=?utf-8?Q?=E5=85=B3=E4=BA=8E=E9=87=87?==?utf-8?Q?=E8=B4=AD=E5=90=88=E5=90=8C?=",
    ],
)
def test_heads_say_their_encoding_or_do_not(tmp_path: Path, subject: bytes) -> None:
    content = raw(b"From: a@x\r\nSubject: " + subject + b"\r\n")
    assert told(tmp_path, content)[0]["subject"] == "关于采购合同"


@pytest.mark.parametrize(
    "subject", [b"=?utf-8?B?%%%?=", b"=?no-such?B?5ZCI?=", b"=?utf-8?B?5ZCI", b"\xff\xfe\x00"]
)
def test_broken_heads_do_no_harm(tmp_path: Path, subject: bytes) -> None:
    facts, lines = told(tmp_path, raw(b"From: a@x\r\nSubject: " + subject + b"\r\n"))
    assert facts["attachments"] == "0"
    assert lines[-1] == "x"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"attachment; filename*=utf-8''%E5%90%88%E5%90%8C.pdf", "合同.pdf"),
        (b"attachment; filename*=gb2312''%BA%CF%CD%AC.pdf", "合同.pdf"),
        (b'attachment; filename*0="he"; filename*1="tong.pdf"', "hetong.pdf"),
        (b'attachment; filename="' + "合同.pdf".encode("gb18030") + b'"', "合同.pdf"),
        (b'attachment; filename="=?utf-8?B?5ZCI5ZCMLnBkZg==?="', "合同.pdf"),
        (b'attachment; filename="..\\..\\x.pdf"', "../../x.pdf"),
        (b"attachment", "part-2.pdf"),
    ],
)
def test_names_of_attachments(tmp_path: Path, disposition: bytes, name: str) -> None:
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: application/pdf\r\n"
        b"Content-Disposition: " + disposition + b"\r\n\r\n%PDF-1\r\n--b--\r\n"
    )
    head = b"From: a@x\r\nContent-Type: multipart/mixed; boundary=b\r\n"
    assert held(tmp_path, raw(head, body)) == {name: b"%PDF-1"}


def test_texts_in_the_encodings_of_the_country(tmp_path: Path) -> None:
    head = b"From: a@x\r\nSubject: s\r\nContent-Type: text/plain; charset=gb2312\r\n"
    assert told(tmp_path, raw(head, "合同縣".encode("gb18030")))[1][-1] == "合同縣"
    lying = b"From: a@x\r\nSubject: s\r\nContent-Type: text/plain; charset=us-ascii\r\n"
    assert told(tmp_path, raw(lying, "合同".encode("gb18030")))[1][-1] == "合同"


def test_a_mail_cut_off_is_damaged(tmp_path: Path) -> None:
    made = a_mail()
    made.add_attachment(b"%PDF-1" * 999, maintype="application", subtype="pdf", filename="a.pdf")
    content = made.as_bytes()
    with pytest.raises(Trouble) as refusal:
        told(tmp_path, content[: len(content) - 200])
    assert refusal.value.code == "damaged"


def test_ten_thousand_parts_are_refused_whole(tmp_path: Path) -> None:
    made = MIMEMultipart()
    made["From"], made["Message-ID"] = "a@x", "<1@x>"
    for _ in range(10_000):
        part = MIMENonMultipart("application", "octet-stream")
        part.set_payload("x")
        made.attach(part)
    path = written(tmp_path, "a.eml", made.as_bytes())
    for telling in (mail.tell(path, BOUNDS), inside.tell(path, MAIL, ALLOWANCE)):
        with pytest.raises(Trouble) as refusal:
            list(telling)
        assert refusal.value.code == "too_many_parts"
        assert refusal.value.facts == {"parts": "10000", "most": "50"}


def test_a_mail_nested_without_end_does_no_harm(tmp_path: Path) -> None:
    depth = 2000
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(depth)
    )
    closed = "".join(f"--b{at}--\n" for at in reversed(range(depth)))
    content = raw(b"From: a@x\nSubject: s\n" + opened.encode() + b"\nx\n" + closed.encode())
    with Reader(ReadingLimits(parsers=1)) as reader:
        path = written(tmp_path, "a.eml", content)
        with pytest.raises(DocumentError) as refusal:
            reader.read(scan_of(path))
        assert refusal.value.because.code == "damaged"
        path = written(tmp_path, "b.eml", a_mail().as_bytes())
        assert reader.read(scan_of(path)).pages, "the next one is read"


def test_an_attachment_larger_than_one_may_be_is_refused(tmp_path: Path) -> None:
    made = a_mail()
    made.add_attachment(b"x" * 2_100_000, maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(Trouble) as refusal:
        parts(tmp_path, made.as_bytes())
    assert refusal.value.code == "too_large"
