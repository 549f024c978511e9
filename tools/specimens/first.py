"""The first papers: five customers who look alike, two strangers, and files that give trouble."""

from pathlib import Path

from tools.specimens import firm, scans
from tools.specimens.parties import (
    FOOD,
    HUAXIN,
    HUAXIN2,
    OWN,
    PARTS,
    SHOP,
    STRANGER,
    YUNZE,
)
from tools.specimens.studio import Studio

_LETTER = (
    "样本 SPECIMEN\n关于车辆保养安排的联系函\n\n{to}：\n"
    "    贵公司的车辆将于下月到期保养，请安排进厂时间。\n"
    "特此函告。\n\n    此致\n敬礼\n\n{sender}\n2024年7月1日\n"
)
_COMPLAINT = (
    "样本 SPECIMEN\n客户投诉单\n\n客户名称：{name}\n投诉人：样本甲\n日期：2024年8月2日\n"
    "投诉内容：更换的制动片两周后再次异响，要求重新检修并退还工时费。\n处理结果：待处理\n"
)


def draw(studio: Studio) -> None:
    """The first papers, of five customers and two strangers, and the first troubles."""
    font = studio.font
    _licences(studio, font)
    _contracts(studio, font)
    _tax_and_money(studio, font)
    _workshop(studio, font)
    _troubles(studio, font)


def _licences(studio: Studio, font: Path) -> None:
    first = studio.pdf(
        "扫描0001.pdf", firm.licence(font, HUAXIN, "2011年05月09日", "2031年05月08日")
    )
    fields = {"credit_code": HUAXIN.code, "company_name": HUAXIN.name, "start_date": "2011-05-09"}
    studio.filed("扫描0001.pdf", HUAXIN, "licence", expiry_date="2031-05-08", **fields)
    studio.copy(first, "华信运输/扫描0001 副本.pdf")
    studio.twice("华信运输/扫描0001 副本.pdf", HUAXIN, "licence")
    studio.copy(first, f"{HUAXIN2.name}/执照.pdf")
    studio.asked(f"{HUAXIN2.name}/执照.pdf", "licence", "customer_conflict")

    (page,) = studio.pages(firm.licence(font, HUAXIN2, "2014年02月26日", "长期"))
    studio.picture("扫描0002.pdf", scans.clean(page))
    fields = {"credit_code": HUAXIN2.code, "expiry_date": "long-term"}
    studio.filed("扫描0002.pdf", HUAXIN2, "licence", **fields)

    (page,) = studio.pages(firm.licence(font, YUNZE, "2018年11月20日", "2048年11月19日"))
    studio.picture("IMG_2034.jpg", scans.photo(page, 3), quality=80)
    studio.filed("IMG_2034.jpg", YUNZE, "licence", credit_code=YUNZE.code)

    (page,) = studio.pages(firm.old_licence(font, FOOD, "2013年06月20日"))
    studio.picture("Scan 2024-05-10.jpg", scans.crooked(page, 4))
    studio.filed("Scan 2024-05-10.jpg", FOOD, "licence", registration_no=FOOD.old_no)

    (page,) = studio.pages(firm.licence(font, STRANGER, "2019年07月01日", "长期"))
    studio.picture("IMG_2035.jpg", scans.clean(page))
    studio.filed("IMG_2035.jpg", STRANGER, "licence", credit_code=STRANGER.code)
    studio.pdf("新桥样本超市/营业执照.pdf", firm.licence(font, SHOP, "2020年01月15日", "长期"))
    studio.asked("新桥样本超市/营业执照.pdf", "licence", "unknown_customer")


def _contracts(studio: Studio, font: Path) -> None:
    studio.pdf("采购合同 2024.pdf", firm.contract(font, HUAXIN, "YB-HT-2024-018", "2024年03月05日"))
    found = {"doc_no": "YB-HT-2024-018", "issue_date": "2024-03-05", "company_name": HUAXIN.name}
    studio.filed("采购合同 2024.pdf", HUAXIN, "contract", **found)
    studio.pdf("Supply agreement.pdf", firm.english_contract(font, PARTS))
    studio.filed("Supply agreement.pdf", PARTS, "contract", issue_date="2025-03-17")
    drawn = studio.pages(firm.contract(font, HUAXIN2, "YB-HT-2023-077", "2023年11月16日"))
    bitonal = [page.convert("L").point(lambda v: 255 * (v > 150)).convert("1") for page in drawn]
    studio.picture("合同扫描.tif", *bitonal)
    studio.filed("合同扫描.tif", HUAXIN2, "contract", doc_no="YB-HT-2023-077")
    studio.pdf(
        "新桥样本超市/采购合同.pdf", firm.contract(font, SHOP, "YB-HT-2025-003", "2025年01月08日")
    )
    studio.asked("新桥样本超市/采购合同.pdf", "contract", "unknown_customer")


def _tax_and_money(studio: Studio, font: Path) -> None:
    (page,) = studio.pages(firm.tax_registration(font, YUNZE))
    studio.picture("税务登记证.png", scans.clean(page).quantize(16))
    studio.filed("税务登记证.png", YUNZE, "tax_certificate")
    studio.pdf("税务登记证 华信.pdf", firm.tax_registration(font, HUAXIN))
    studio.filed("税务登记证 华信.pdf", HUAXIN, "tax_certificate", issue_date="2015-04-08")
    (page,) = studio.pages(firm.invoice(font, YUNZE, "09900817"))
    studio.picture("发票 0912.jpg", scans.crooked(page, 9, 0.7))
    studio.filed("发票 0912.jpg", YUNZE, "invoice", doc_no="09900817", amount="9944.00")
    studio.pdf("完税证明.pdf", firm.tax_payment(font, FOOD))
    studio.filed("完税证明.pdf", FOOD, "tax_payment", issue_date="2024-06-12")


def _workshop(studio: Studio, font: Path) -> None:
    order = firm.work_order(font, HUAXIN, "GD20240510-07", plate="样A00S11", done="2024-05-10")
    studio.pdf("华信运输/工单0510.pdf", order)
    studio.filed("华信运输/工单0510.pdf", HUAXIN, "work_order", plate="样A00S11")
    order = firm.work_order(font, HUAXIN, "GD20240622-03", plate="样A00S12", done="2024-06-22")
    (page,) = studio.pages(order)
    studio.picture("华信运输/工单0622.webp", scans.clean(page).convert("RGB"))
    studio.filed("华信运输/工单0622.webp", HUAXIN, "work_order")
    order = firm.work_order(font, HUAXIN2, "GD20230118-01", plate="样B00S77", done="2023-01-18")
    studio.pdf(f"{HUAXIN2.name}/工单.pdf", order)
    studio.filed(f"{HUAXIN2.name}/工单.pdf", HUAXIN2, "work_order", issue_date="2023-01-18")
    studio.pdf(f"{YUNZE.name}/结算单.pdf", firm.settlement(font, YUNZE))
    studio.filed(f"{YUNZE.name}/结算单.pdf", YUNZE, "settlement", amount="9944.00")
    studio.text(f"{YUNZE.name}/投诉.txt", _COMPLAINT.format(name=YUNZE.name), "utf-8")
    studio.filed(f"{YUNZE.name}/投诉.txt", YUNZE, "complaint")
    letter = _LETTER.format(to=HUAXIN.name, sender=OWN.name)
    studio.text("华信运输/来函.txt", letter, "gb18030")
    studio.filed("华信运输/来函.txt", HUAXIN, "correspondence")


def _troubles(studio: Studio, font: Path) -> None:
    studio.picture("IMG_2036.jpg", scans.cat())
    studio.asked("IMG_2036.jpg", "other", "no_text")
    born = studio.pdf("加密.pdf", firm.contract(font, FOOD, "YB-HT-2022-001", "2022年02月02日"))
    studio.locked(born, "加密.pdf")
    studio.put_aside("加密.pdf", "encrypted")
    (page,) = studio.pages(firm.invoice(font, FOOD, "09900818"))
    whole = studio.picture("截断.jpg", scans.clean(page))
    studio.copy(whole, "截断.jpg", whole.stat().st_size * 2 // 5)
    studio.put_aside("截断.jpg", "damaged")
    studio.text("空白.pdf", "\0" * 4096, "utf-8")  # given its size, but never its bytes
    studio.put_aside("空白.pdf", "empty")
