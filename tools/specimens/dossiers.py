"""The files of further customers: some whole, some with gaps."""

from tools.specimens import certificates, contracts, firm, letters, money, office, scans, workshop
from tools.specimens.parties import BUILDER, CHEMICALS, HUAXIN, HUAXIN2, LOGISTICS, TAXI, YUNZE
from tools.specimens.studio import Studio

_REPAIR = (
    ("*机动车修理*冷藏机组维修", "次", "1", "1,500.00", "1,500.00", "13%", "195.00"),
    ("*汽车零配件*冷凝风扇", "只", "2", "260.00", "520.00", "13%", "67.60"),
)


def draw(studio: Studio) -> None:
    """All of them."""
    _logistics_papers(studio)
    _logistics_business(studio)
    _taxi(studio)
    _chemicals(studio)
    _builder(studio)
    _more_of_the_first(studio)


def _logistics_papers(studio: Studio) -> None:
    """What a complete customer file has: licence old and new, code, tax, vehicles, insurance."""
    font, inbox = studio.font, "远程物流"
    founded, name = "2016年04月18日", LOGISTICS.name
    licence = certificates.wide_licence(font, LOGISTICS, founded, issued="2019年08月06日")
    page = studio.page(licence)
    found = {"credit_code": LOGISTICS.code, "company_name": name, "issue_date": "2019-08-06"}
    studio.picture(f"{inbox}/营业执照.pdf", scans.clean(page))
    studio.filed(f"{inbox}/营业执照.pdf", LOGISTICS, "licence", **found)
    studio.picture(f"{inbox}/营业执照 重扫.pdf", scans.crooked(page, 21, -0.8), quality=70)
    studio.filed(f"{inbox}/营业执照 重扫.pdf", LOGISTICS, "licence", **found)
    renewed = certificates.wide_licence(
        font, LOGISTICS, founded, issued="2025年03月18日", capital="壹仟万元整"
    )
    studio.picture("IMG_4101.jpg", scans.photo(studio.page(renewed), 22), quality=78)
    found = {"credit_code": LOGISTICS.code, "issue_date": "2025-03-18", "capital": "10000000"}
    studio.filed("IMG_4101.jpg", LOGISTICS, "licence", **found)

    code = certificates.organisation_code(
        font, LOGISTICS, issued="2014年05月06日", until="2018年05月05日"
    )
    studio.picture("组织机构代码证.jpg", scans.crooked(studio.page(code), 23, 0.6))
    studio.filed("组织机构代码证.jpg", LOGISTICS, "certificate", expiry_date="2018-05-05")
    registration = studio.page(firm.tax_registration(font, LOGISTICS))
    studio.picture(f"{inbox}/税务登记证.jpg", scans.clean(registration))
    studio.filed(f"{inbox}/税务登记证.jpg", LOGISTICS, "tax_certificate")
    paid = money.tax_payment(font, LOGISTICS, number="990024071200018", day="2024年07月15日")
    studio.picture("税收完税证明 7月.jpg", scans.clean(studio.page(paid)))
    studio.filed("税收完税证明 7月.jpg", LOGISTICS, "tax_payment", issue_date="2024-07-15")

    card = workshop.vehicle_licence(
        font, LOGISTICS, plate="样D00S21", serial=21, model="样本牌YB5160"
    )
    studio.picture("行驶证 D00S21.jpg", scans.photo(studio.page(card), 24), quality=80)
    studio.filed("行驶证 D00S21.jpg", LOGISTICS, "vehicle_licence", plate="样D00S21")
    card = workshop.vehicle_licence(
        font, LOGISTICS, plate="样D00S22", serial=22, model="样本牌YB5040"
    )
    studio.picture(f"{inbox}/IMG_4102.jpg", scans.clean(studio.page(card)))
    studio.filed(f"{inbox}/IMG_4102.jpg", LOGISTICS, "vehicle_licence", plate="样D00S22")
    policy = workshop.insurance(
        font, LOGISTICS, number="PDAA9900202500021", plate="样D00S21", premium="1,850.00"
    )
    studio.pdf(f"{inbox}/交强险保单.pdf", policy)
    studio.filed(f"{inbox}/交强险保单.pdf", LOGISTICS, "insurance", expiry_date="2026-02-28")


def _logistics_business(studio: Studio) -> None:
    """What goes on with them: a contract, a supplement, an inspection, money."""
    font, inbox = studio.font, "远程物流"
    office.service_contract(studio.place(f"{inbox}/车辆保养服务合同.docx"), LOGISTICS)
    found = {"doc_no": "YB-HT-2025-027", "issue_date": "2025-02-10", "amount": "19800.00"}
    studio.filed(f"{inbox}/车辆保养服务合同.docx", LOGISTICS, "contract", **found)
    supplement = contracts.supplement(
        font, LOGISTICS, number="YB-BC-2025-004", original="YB-HT-2025-027", signed="2025年06月12日"
    )
    studio.pdf(f"{inbox}/补充合同 2025.pdf", supplement)
    found = {"doc_no": "YB-BC-2025-004", "issue_date": "2025-06-12"}
    studio.filed(f"{inbox}/补充合同 2025.pdf", LOGISTICS, "supplement", **found)
    sheet = workshop.inspection(
        font, LOGISTICS, number="JY-2025-0315", plate="样D00S21", day="2025-03-15"
    )
    studio.pdf(f"{inbox}/竣工检验单.pdf", sheet)
    found = {"plate": "样D00S21", "issue_date": "2025-03-15", "doc_no": "JY-2025-0315"}
    studio.filed(f"{inbox}/竣工检验单.pdf", LOGISTICS, "inspection_sheet", **found)
    total = ("贰仟贰佰捌拾贰圆陆角整", "¥2,282.60")
    invoice = money.electronic_invoice(
        font, LOGISTICS, "25990000000000000021", day="2025年03月20日", items=_REPAIR, total=total
    )
    studio.pdf("电子发票 0320.pdf", invoice)
    found = {"doc_no": "25990000000000000021", "issue_date": "2025-03-20", "amount": "2282.60"}
    studio.filed("电子发票 0320.pdf", LOGISTICS, "invoice", **found)
    office.ofd_invoice(
        studio.place("电子发票 0616.ofd"),
        LOGISTICS,
        "25990000000000000038",
        day="2025年06月16日",
        items=_REPAIR,
        total=total,
    )
    found = {"doc_no": "25990000000000000038", "issue_date": "2025-06-16", "amount": "2282.60"}
    studio.filed("电子发票 0616.ofd", LOGISTICS, "invoice", **found)
    office.statement(studio.place(f"{inbox}/对账单 2025年1季度.xlsx"), LOGISTICS)
    studio.filed(f"{inbox}/对账单 2025年1季度.xlsx", LOGISTICS, "settlement", amount="4445")


def _taxi(studio: Studio) -> None:
    """A customer with a complaint; there is no contract and no tax paper."""
    font, inbox = studio.font, TAXI.name
    licence = certificates.wide_licence(font, TAXI, "2012年09月03日", issued="2020年05月11日")
    studio.pdf("出租公司营业执照.pdf", licence)
    studio.filed("出租公司营业执照.pdf", TAXI, "licence", credit_code=TAXI.code)
    policy = workshop.insurance(
        font, TAXI, number="PDAA9900202500031", plate="样C00S31", premium="1,100.00"
    )
    studio.picture("保单 C00S31.jpg", scans.clean(studio.page(policy)))
    studio.filed("保单 C00S31.jpg", TAXI, "insurance", plate="样C00S31")
    card = workshop.vehicle_licence(font, TAXI, plate="样C00S31", serial=31, model="样本牌YB7000")
    studio.picture("IMG_4110.heic", scans.photo(studio.page(card), 31), quality=70)
    studio.filed("IMG_4110.heic", TAXI, "vehicle_licence", plate="样C00S31")
    order = firm.work_order(font, TAXI, "GD20250628-02", plate="样C00S31", done="2025-06-28")
    studio.picture(f"{inbox}/工单 0628.jpg", scans.photo(studio.page(order), 32), quality=75)
    studio.filed(f"{inbox}/工单 0628.jpg", TAXI, "work_order", plate="样C00S31")
    sheet = workshop.inspection(
        font, TAXI, number="JY-2025-0628", plate="样C00S31", day="2025-06-28"
    )
    studio.picture(f"{inbox}/检验单 0628.png", scans.clean(studio.page(sheet)).quantize(16))
    studio.filed(f"{inbox}/检验单 0628.png", TAXI, "inspection_sheet", plate="样C00S31")
    bill = money.settlement(font, TAXI, number="JS-2025-0628", day="2025-06-28", plate="样C00S31")
    studio.pdf("结算清单 0628.pdf", bill)
    studio.filed("结算清单 0628.pdf", TAXI, "settlement", amount="2040.00", plate="样C00S31")
    complaint = letters.complaint(font, TAXI)
    studio.picture(f"{inbox}/投诉登记表.pdf", scans.crooked(studio.page(complaint), 33, 0.5))
    studio.filed(f"{inbox}/投诉登记表.pdf", TAXI, "complaint", issue_date="2025-07-03")
    studio.pdf(f"{inbox}/投诉答复.pdf", letters.answer(font, TAXI))
    studio.filed(f"{inbox}/投诉答复.pdf", TAXI, "complaint", doc_no="TS-2025-014")


def _chemicals(studio: Studio) -> None:
    """A customer who owes money. Their contract was taken as four photos; one names them."""
    font = studio.font
    licence = certificates.wide_licence(font, CHEMICALS, "2009年02月17日", issued="2022年10月09日")
    studio.picture("扫描0003.pdf", scans.clean(studio.page(licence)))
    studio.filed("扫描0003.pdf", CHEMICALS, "licence", credit_code=CHEMICALS.code)
    pages = studio.pages(contracts.transport(font, CHEMICALS))
    for number, page in enumerate(pages, start=1):
        studio.picture(f"IMG_300{number}.jpg", scans.photo(page, 40 + number), quality=70)
    studio.filed("IMG_3001.jpg", CHEMICALS, "contract", doc_no="YB-HT-2025-041")
    studio.asked("IMG_3002.jpg", "other", "weak_category")
    studio.asked("IMG_3003.jpg", "contract", "no_customer")
    studio.asked("IMG_3004.jpg", "contract", "no_customer")
    studio.pdf("完税证明 云泽化工.pdf", firm.tax_payment(font, CHEMICALS))
    studio.filed("完税证明 云泽化工.pdf", CHEMICALS, "tax_payment", issue_date="2024-06-12")
    studio.pdf("催款函.pdf", letters.reminder(font, CHEMICALS))
    studio.filed("催款函.pdf", CHEMICALS, "correspondence", doc_no="YB-CK-2025-009")


def _builder(studio: Studio) -> None:
    """A small trader with a licence of the old kind."""
    font = studio.font
    page = studio.page(firm.old_licence(font, BUILDER, "2011年03月22日"))
    studio.picture("Scan 2024-11-05.jpg", scans.crooked(page, 51, -1.2))
    studio.filed("Scan 2024-11-05.jpg", BUILDER, "licence", registration_no=BUILDER.old_no)
    page = studio.page(money.special_invoice(font, BUILDER, "09900823"))
    studio.picture("专票 1105.jpg", scans.crooked(page, 52, 0.4), quality=75)
    found = {"doc_no": "09900823", "amount": "3390.00", "issue_date": "2024-11-05"}
    studio.filed("专票 1105.jpg", BUILDER, "invoice", **found)
    order = firm.work_order(font, BUILDER, "GD20241105-01", plate="样B00S08", done="2024-11-05")
    studio.pdf("工单 1105.pdf", order)
    studio.filed("工单 1105.pdf", BUILDER, "work_order", plate="样B00S08", amount="995.00")


def _more_of_the_first(studio: Studio) -> None:
    """More papers of customers who have some already."""
    font = studio.font
    supplement = contracts.supplement(
        font, HUAXIN, number="YB-BC-2024-002", original="YB-HT-2024-018", signed="2024年06月03日"
    )
    studio.picture("补充合同 华信.pdf", scans.clean(studio.page(supplement)))
    found = {"doc_no": "YB-BC-2024-002", "amount": "9200.00"}
    studio.filed("补充合同 华信.pdf", HUAXIN, "supplement", **found)
    card = workshop.vehicle_licence(font, HUAXIN, plate="样A00S11", serial=11, model="样本牌YB1160")
    studio.picture("华信运输/行驶证.jpg", scans.photo(studio.page(card), 61), quality=80)
    studio.filed("华信运输/行驶证.jpg", HUAXIN, "vehicle_licence", plate="样A00S11")
    sheet = workshop.inspection(
        font, HUAXIN2, number="JY-2023-0118", plate="样B00S77", day="2023-01-18"
    )
    studio.picture("检验单 华鑫.jpg", scans.crooked(studio.page(sheet), 62, 0.9))
    studio.filed("检验单 华鑫.jpg", HUAXIN2, "inspection_sheet", plate="样B00S77")
    studio.pdf(
        "电子发票 云泽.pdf",
        money.electronic_invoice(
            font,
            YUNZE,
            "25990000000000000045",
            day="2025年08月06日",
            items=(("*汽车零配件*制动片", "套", "4", "400.00", "1,600.00", "13%", "208.00"),),
            total=("壹仟捌佰零捌圆整", "¥1,808.00"),
        ),
    )
    found = {"doc_no": "25990000000000000045", "amount": "1808.00"}
    studio.filed("电子发票 云泽.pdf", YUNZE, "invoice", **found)
