"""Mails: who wrote what, in whatever encoding, and which of the parts are papers."""

from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.reading import mail
from archiver.reading.image import Bounds
from archiver.reading.markup import lines_of
from archiver.reading.page import Told, Trouble
from archiver.reading.words import decoded, head_text
from tests.reading.office import a_mail
from tests.reading.papers import written

BOUNDS = Bounds(pages=5, pixels=100_000_000, ocr_pixels=500_000, parts=6)
HEAD = (
    "From: 样本甲 <a@b.example>\r\nTo: c@d.example\r\nDate: gestern\r\nSubject: 采购合同\r\n"
    "Message-ID: <2>\r\nMIME-Version: 1.0\r\n"
)


def told(folder: Path, content: bytes) -> tuple[dict[str, str], list[str]]:
    facts, page = mail.tell(written(folder, "a.eml", content), BOUNDS)
    assert isinstance(page, Told)
    return facts.facts, [line for line, _ in page.lines]


def names(folder: Path, content: bytes) -> list[str]:
    with mail.parts(written(folder, "a.eml", content)) as parts:
        return [part.name for part in parts]


def mixed(*parts: str, kind: str = "mixed") -> str:
    """A body of parts, each with its own head."""
    inside = "".join(f"--B{kind}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="B{kind}"\r\n\r\n{inside}--B{kind}--'


def test_a_letter_with_its_head(tmp_path: Path) -> None:
    facts, lines = told(tmp_path, a_mail("关于采购合同及其附件的确认函，请查收" * 4).as_bytes())
    assert facts == {
        "from": "样本甲 <a@b.example>",
        "subject": "关于采购合同及其附件的确认函，请查收" * 4,
        "date": "2026-05-05T10:00:00+08:00",
        "attachments": "0",
    }
    assert lines == [
        "From: 样本甲 <a@b.example>",
        "To: 车管所 <c@d.example>",
        "Date: Tue, 05 May 2026 10:00:00 +0800",
        f"Subject: {facts['subject']}",
        "您好，",
        "附件是合同。",
    ]


@pytest.mark.parametrize(
    "date",
    [
        "99 Foo 99999 99:99",
        "Tue, 05 May 99999999999999999999 10:00:00 +0800",
        "Tue, 05 May 2026 10:00:00 +99999999999999999999",
        "Tue, 05 May 2026 99:00:00",
    ],
)
def test_a_date_that_is_none_does_not_keep_a_mail_out(tmp_path: Path, date: str) -> None:
    mail = f"From: a@b\r\nDate: {date}\r\nSubject: x\r\nMessage-ID: <1@b>\r\n\r\nhello"
    facts, lines = told(tmp_path, mail.encode())
    assert facts["date"] == date
    assert lines[-1] == "hello"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\r\n\r\n"])
def test_bytes_that_say_no_encoding(tmp_path: Path, encoding: str, start: bytes) -> None:
    content = start + f"{HEAD}\r\n镕基您好\r\n".encode(encoding)
    facts, lines = told(tmp_path, content)
    assert (facts["subject"], facts["date"]) == ("采购合同", "gestern")
    assert lines[0] == "From: 样本甲 <a@b.example>"
    assert lines[-1] == "镕基您好"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("=?gb2312?B?0rrl+brPzaw=?=", decoded(bytes.fromhex("d2bae5f9bacfcdac"), "gbk")),
        ("=?utf-8?Q?=E5=90=88?= =?utf-8?Q?=E5=90=8C?=", "合同"),
        ("=?utf-8?B?5ZA=?= =?utf-8?B?iOWQjA==?=", "合同"),  # a character cut in half
        ("Re:=?utf-8?B?5ZCI5ZCM?=(1)", "Re:合同(1)"),
        ("=?x-unknown?B?5ZCI5ZCM?=", "合同"),
        ("=?utf-8?B?5?= plain", "=?utf-8?B?5?= plain"),
        ("plain\r\n\twords", "plain words"),
    ],
)
def test_words_of_heads(field: str, text: str) -> None:
    assert head_text(field) == text


@given(st.text())
def test_no_head_is_too_odd(field: str) -> None:
    raw = field.encode("utf-8", "surrogatepass").decode("ascii", "surrogateescape")
    assert isinstance(head_text(raw), str)


def test_of_alternatives_the_plain_one_is_read(tmp_path: Path) -> None:
    letter = a_mail()
    letter.add_alternative("<p>als HTML</p>", subtype="html")
    assert told(tmp_path, letter.as_bytes())[1][-1] == "附件是合同。"


def test_html_where_the_plain_text_says_nothing(tmp_path: Path) -> None:
    page = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>金额<br>￥5"
    both = mixed("Content-Type: text/plain\r\n\r\n \r\n", page, kind="alternative")
    content = HEAD + mixed(both, "Content-Type: text/plain\r\n\r\nfooter")
    assert told(tmp_path, content.encode())[1][-3:] == ["金额", "￥5", "footer"]
    assert names(tmp_path, content.encode()) == []


def test_html_as_it_is_seen() -> None:
    page = """<html><head><title>x</title></head><body><!-- no -->Dear <b>Sir</b>,
    <script>var a</script><style>p{}</style><p>one
    two</p>three<table><tr><td>金额</td><td> ￥5 </td></tr><tr><th>日期</th><td>五月</td></table>"""
    seen = [line.strip() for line in lines_of(page) if line.strip()]
    assert seen == ["Dear Sir,", "one two", "three", "金额\t￥5", "日期\t五月"]
    assert lines_of("  ") == []


@given(st.text("<>/ abpdivtr!-&;\"'=字", max_size=60))
def test_no_html_is_too_odd(html: str) -> None:
    assert all("\n" not in line for line in lines_of(html))


def attachment(kind: str, more: str = "", body: str = "x") -> str:
    return f"Content-Type: {kind}\r\nContent-Disposition: attachment{more}\r\n\r\n{body}"


def test_which_parts_are_papers(tmp_path: Path) -> None:
    photo = "eHh4" * 20_000
    coded = "Content-Transfer-Encoding: base64\r\n"
    logo = f"Content-Type: image/png\r\n{coded}\r\neA=="
    inline = f"Content-Type: image/png\r\nContent-Disposition: inline\r\n{coded}\r\n{photo}"
    page = mixed("Content-Type: text/html\r\n\r\n<p>hi", logo, kind="related")
    content = HEAD + mixed(
        page,
        logo,
        inline,
        attachment("application/pdf", '; filename="合同.pdf"'),
        attachment("image/png", "; filename=stamp.png"),
        attachment("text/plain"),
        attachment("application/pkcs7-signature", "; filename=smime.p7s"),
        attachment("text/calendar", "; filename=invite.ics"),
        attachment("text/x-vcard"),
        "Content-Type: text/csv; name=data.csv\r\n\r\na,b",
        "Content-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nx",
        "Content-Type: message/delivery-status\r\n\r\nStatus: 5.0.0\r\n\r\nx: y",
    )
    assert names(tmp_path, content.encode("gb18030")) == [
        "part-4.png",
        "合同.pdf",
        "stamp.png",
        "part-7.txt",
        "data.csv",
        "part-12.eml",
    ]


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ("; filename*=gb2312''%BA%CF%CD%AC.pdf", "合同.pdf"),
        ("; filename*0*=utf-8''%E5%90%88; filename*1=%E5.pdf", "合%E5.pdf"),
        ('; filename="=?utf-8?B?5ZCI5ZCMLnBkZg==?="', "合同.pdf"),
        ('; filename="..\\\\..\\\\a.pdf"', "../../a.pdf"),
        ("", "part-1.pdf"),
    ],
)
def test_names_of_attachments(tmp_path: Path, more: str, name: str) -> None:
    content = HEAD + mixed(attachment("application/pdf", more))
    assert names(tmp_path, content.encode()) == [name]


def test_a_forwarded_mail_comes_out_byte_for_byte(tmp_path: Path) -> None:
    inner = b"Subject: \xba\xcf\xcd\xac\r\nContent-Type: multipart/mixed\r\n\r\n\tz "
    wrapped = mixed("Content-Type: message/rfc822\r\n\r\n@").encode().replace(b"@", inner)
    with mail.parts(written(tmp_path, "a.eml", HEAD.encode() + wrapped)) as (part,):
        assert b"".join(part.chunks()) == inner


def test_a_mail_that_was_cut_off_is_damaged(tmp_path: Path) -> None:
    content = HEAD + mixed(attachment("application/pdf"), attachment("application/pdf"))
    for end in (b"", b"\r\n"):
        with pytest.raises(Trouble) as refusal:
            told(tmp_path, content.encode()[:-15] + end)
        assert refusal.value.code == "damaged"


def test_too_many_parts_are_refused_as_a_whole(tmp_path: Path) -> None:
    content = HEAD + mixed(*["Content-Type: text/plain\r\n\r\nx"] * 10_000)
    with pytest.raises(Trouble) as refusal:
        told(tmp_path, content.encode())
    assert (refusal.value.code, refusal.value.facts["parts"]) == ("too_many_parts", "10000")


def test_parts_within_parts_within_parts(tmp_path: Path) -> None:
    """However deep, they end in a page or in what the parser process takes for damage."""
    for depth in (5, 50, 500, 5000):
        bounds = [f"b{number}" for number in range(depth)]
        head = "".join(
            f"Content-Type: multipart/mixed; boundary={bound}\r\n\r\n--{bound}\r\n"
            for bound in bounds
        )
        tail = "".join(f"\r\n--{bound}--" for bound in reversed(bounds))
        content = f"{HEAD}{head}Content-Type: text/plain\r\n\r\ndeep{tail}"
        try:
            assert told(tmp_path, content.encode())[1][-1] == "deep"
        except RecursionError:
            assert depth >= 500


def test_a_mail_made_by_others_is_read_whole(tmp_path: Path) -> None:
    """What Python's own modern writer makes comes back, whatever the text."""
    letter = EmailMessage(policy=policy.SMTP)
    letter["From"], letter["Subject"] = "a@b.example", "é" * 200
    letter.set_content("行" * 400 + "\n" + "x" * 1200 + "\n", cte="quoted-printable")
    facts, lines = told(tmp_path, letter.as_bytes())
    assert facts["subject"] == "é" * 200
    assert lines[-2:] == ["行" * 400, "x" * 1200]
