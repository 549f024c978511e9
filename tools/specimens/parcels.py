"""Files that hold other files, and files that cannot be taken in."""

from tools.specimens import certificates, firm, letters, scans, workshop
from tools.specimens.packed import write_locked, write_mail, write_zip
from tools.specimens.parties import MEDICAL, OWN
from tools.specimens.studio import Studio


def draw(studio: Studio) -> None:
    """All of them."""
    _mail(studio)
    _scans(studio)
    write_locked(studio.place("加密合同.docx"))
    studio.put_aside("加密合同.docx", "encrypted")


def _mail(studio: Studio) -> None:
    """A mail of a customer with two papers."""
    font = studio.font
    registration, licence = studio.apart("登记证.pdf"), studio.apart("行驶证.jpg")
    firm.tax_registration(font, MEDICAL).output(registration)
    card = workshop.vehicle_licence(
        font, MEDICAL, plate="样E00S41", serial=41, model="样本牌YB5030"
    )
    scans.photo(studio.page(card), 101).save(licence, quality=76)
    write_mail(
        studio.place("询价邮件.eml"),
        head={
            "From": "样本甲 <a@medical.example>",
            "To": "service@workshop.example",
            "Date": "Tue, 06 May 2025 09:30:00 +0800",
            "Subject": "询价：更换冷藏车制动系统（样本 SPECIMEN）",
        },
        text=letters.ENQUIRY.format(to=OWN.name, sender=MEDICAL.name),
        files={"税务登记证 副本.pdf": registration, "冷藏车行驶证.jpg": licence},
    )
    studio.filed("询价邮件.eml", MEDICAL, "correspondence")
    studio.filed("税务登记证 副本.pdf", MEDICAL, "tax_certificate")
    studio.filed("冷藏车行驶证.jpg", MEDICAL, "vehicle_licence", plate="样E00S41")
    studio.inside(2)


def _scans(studio: Studio) -> None:
    """A ZIP of scans, one name written as old programs do; and a ZIP in a ZIP."""
    font = studio.font
    files = {
        name: studio.apart(name) for name in ("营业执照.jpg", "组织机构代码证.jpg", "检验单.pdf")
    }
    licence = certificates.wide_licence(font, MEDICAL, "2015年06月08日", issued="2023年02月14日")
    code = certificates.organisation_code(
        font, MEDICAL, issued="2015年06月10日", until="2019年06月09日"
    )
    scans.clean(studio.page(licence)).save(files["营业执照.jpg"], quality=62)
    scans.clean(studio.page(code)).save(files["组织机构代码证.jpg"], quality=62)
    sheet = workshop.inspection(
        font, MEDICAL, number="JY-2025-0520", plate="样E00S41", day="2025-05-20"
    )
    sheet.output(files["检验单.pdf"])
    content = {name: path.read_bytes() for name, path in files.items()}
    write_zip(studio.place("扫描件 医疗器械.zip"), content, old="营业执照.jpg")
    studio.packet("扫描件 医疗器械.zip", "filed")
    studio.filed("营业执照.jpg", MEDICAL, "licence", credit_code=MEDICAL.code)
    studio.filed("组织机构代码证.jpg", MEDICAL, "certificate", expiry_date="2019-06-09")
    studio.filed("检验单.pdf", MEDICAL, "inspection_sheet", plate="样E00S41")
    studio.inside(3)

    inner = studio.apart("里层.zip")
    write_zip(inner, {"检验单 样本.txt": "样本 SPECIMEN 检验单\n".encode()})
    middle = studio.apart("中层.zip")
    write_zip(middle, {"里层.zip": inner.read_bytes()})
    write_zip(studio.place("压缩包套压缩包.zip"), {"中层.zip": middle.read_bytes()})
    studio.packet("压缩包套压缩包.zip", "quarantined")
