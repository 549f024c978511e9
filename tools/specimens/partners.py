"""A supplier, the firm's own people, and a customer who writes English."""

from tools.specimens import certificates, contracts, letters, scans, workshop
from tools.specimens.parties import NORTHQUAY, TYRES, TYRES_EN, WORKER_A, WORKER_B
from tools.specimens.studio import Studio


def draw(studio: Studio) -> None:
    """All of them."""
    _supplier(studio)
    _staff(studio)
    _abroad(studio)


def _supplier(studio: Studio) -> None:
    font = studio.font
    licence = certificates.wide_licence(font, TYRES, "2008年10月30日", issued="2021年12月01日")
    studio.pdf("供应商 轮胎厂执照.pdf", licence)
    studio.filed("供应商 轮胎厂执照.pdf", TYRES, "licence", credit_code=TYRES.code)
    page = studio.page(contracts.supply(font, TYRES))
    studio.picture("轮胎年度供货合同.pdf", scans.clean(page))
    found = {"doc_no": "YBLT-2025-002", "issue_date": "2025-01-06", "amount": "296000.00"}
    studio.filed("轮胎年度供货合同.pdf", TYRES, "contract", counterparty=TYRES.name, **found)
    page = studio.page(certificates.authorisation(font))
    studio.picture("授权书.jpg", scans.clean(page))
    studio.filed("授权书.jpg", TYRES, "certificate", expiry_date="2026-12-31")
    page = studio.page(certificates.compulsory(font, TYRES))
    studio.picture("3C证书.jpg", scans.photo(page, 71), quality=78)
    studio.filed("3C证书.jpg", TYRES, "certificate", doc_no="9902411201000018")
    studio.pdf("ISO9001.pdf", certificates.iso_9001(font, TYRES, TYRES_EN))
    found = {"doc_no": "99024Q00018R1M", "issue_date": "2024-06-12", "expiry_date": "2027-06-11"}
    studio.filed("ISO9001.pdf", TYRES, "certificate", **found)


def _staff(studio: Studio) -> None:
    """Papers of persons. Nobody is born on the day that is no day."""
    font = studio.font
    card = workshop.identity_card(font, WORKER_A, "990001000000000000")
    studio.picture(f"{WORKER_A}/身份证.jpg", scans.photo(studio.page(card), 81), quality=80)
    studio.filed(f"{WORKER_A}/身份证.jpg", WORKER_A, "identity")
    paper = contracts.labour(
        font, WORKER_A, number="LD-2023-001", signed="2023年03月01日", duty="汽车维修"
    )
    studio.picture(f"{WORKER_A}/劳动合同.pdf", scans.clean(studio.page(paper)))
    studio.filed(f"{WORKER_A}/劳动合同.pdf", WORKER_A, "contract", issue_date="2023-03-01")
    page = studio.page(certificates.skill(font, WORKER_A))
    studio.picture(f"{WORKER_A}/培训证书.jpg", scans.clean(page))
    studio.filed(f"{WORKER_A}/培训证书.jpg", WORKER_A, "certificate", issue_date="2023-04-02")
    paper = contracts.labour(
        font, WORKER_B, number="LD-2024-003", signed="2024年07月01日", duty="前台接待"
    )
    studio.pdf("劳动合同 2024-003.pdf", paper)
    found = {"doc_no": "LD-2024-003", "counterparty": WORKER_B}
    studio.filed("劳动合同 2024-003.pdf", WORKER_B, "contract", **found)
    card = workshop.identity_card(font, WORKER_B, "990001000000000000")
    studio.picture(f"{WORKER_B}/IMG_4120.jpg", scans.clean(studio.page(card)))
    studio.filed(f"{WORKER_B}/IMG_4120.jpg", WORKER_B, "identity")


def _abroad(studio: Studio) -> None:
    font = studio.font
    agreement = contracts.english_service(font, NORTHQUAY)
    file = "Service agreement with annex.pdf"
    studio.with_annex(file, agreement, "Annex 1 vehicles.pdf", contracts.annex(font, NORTHQUAY))
    studio.filed(file, NORTHQUAY, "contract", doc_no="NSL-2024-031", issue_date="2024-01-15")
    studio.filed("Annex 1 vehicles.pdf", NORTHQUAY, "contract", doc_no="NSL-2024-031")
    studio.inside(1)
    studio.pdf("Supplementary agreement 1.pdf", contracts.english_supplement(font, NORTHQUAY))
    studio.filed("Supplementary agreement 1.pdf", NORTHQUAY, "supplement", issue_date="2024-09-02")
    page = studio.page(workshop.english_order(font, NORTHQUAY))
    studio.picture("Work order 0611.jpg", scans.crooked(page, 91, 0.7))
    studio.filed("Work order 0611.jpg", NORTHQUAY, "work_order", issue_date="2024-06-11")
    studio.text("Letter 2024-06-03.txt", letters.COVER.format(sender=NORTHQUAY.name), "utf-8")
    studio.filed("Letter 2024-06-03.txt", NORTHQUAY, "correspondence")
