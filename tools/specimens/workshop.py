"""Papers about vehicles: licences, insurance, inspections, an English order, identity cards."""

from pathlib import Path

from tools.specimens.paper import Colour, Paper
from tools.specimens.parties import OWN, Party

_GREY: Colour = (90, 90, 90)


def vehicle_licence(font: Path, owner: Party, *, plate: str, serial: int, model: str) -> Paper:
    """The main page of a vehicle licence, a small card."""
    paper = Paper(font, size=(176, 120))
    paper.tint((240, 244, 250))
    paper.rect(6, 6, 164, 108)
    paper.middle(12, "中华人民共和国机动车行驶证", 17)
    paper.middle(20, "Vehicle License of the People's Republic of China  样本", 8)
    rows: tuple[tuple[tuple[str, str], ...], ...] = (
        (("号牌号码", plate), ("车辆类型", "重型厢式货车")),
        (("所有人", owner.name),),
        (("住址", owner.address),),
        (("使用性质", "货运"), ("品牌型号", model)),
        (("车辆识别代号", f"LSPEC00000{serial:07d}"),),
        (("发动机号码", f"YB{serial:06d}"),),
        (("注册日期", "2021-05-18"), ("发证日期", "2021-05-20")),
    )
    y = 29.0
    for row in rows:
        for column, (label, text) in enumerate(row):
            x = (12, 96)[column] if y < 96 else (58, 114)[column]
            paper.put(x, y, label, size=9)
            paper.put(x + (25 if len(row) == 1 else 20), y, text, size=11)
        paper.line(12, y + 7, 164, y + 7)
        y += 11.5
    paper.ink((200, 30, 30))
    paper.rect(14, 92, 38, 18)
    paper.put(16, 94, "青梧市样本公安局交", size=9)
    paper.put(16, 100, "通警察支队（样本）", size=9)
    paper.ink()
    return paper


def insurance(font: Path, insured: Party, *, number: str, plate: str, premium: str) -> Paper:
    """A policy of compulsory motor insurance."""
    paper = Paper(font)
    paper.ink((30, 80, 130))
    paper.heading("机动车交通事故责任强制保险单", 20)
    paper.ink()
    paper.put(20, 38, "样本财产保险股份有限公司", size=12)
    paper.put(116, 38, f"保险单号：{number}", size=11)
    paper.set_y(48)
    sheet = (
        (("被保险人", insured.name),),
        (("被保险人统一社会信用代码", insured.code),),
        (("地址", insured.address), ("联系电话", "000-00000000")),
        (("号牌号码", plate), ("机动车种类", "货车")),
        (("使用性质", "营业货运"), ("核定载质量", "9,900千克")),
        (("发动机号码", "YB000021"), ("识别代码(车架号)", "LSPEC000000000021")),
    )
    _ruled(paper, sheet)
    paper.grid(
        [
            ("责任限额", "死亡伤残赔偿限额", "180,000元"),
            ("", "医疗费用赔偿限额", "18,000元"),
            ("", "财产损失赔偿限额", "2,000元"),
        ],
        (40, 80, 50),
    )
    paper.value("保险费合计：", f"¥{premium}元", size=11)
    paper.value("保险期间：", "自2025年03月01日零时起至2026年02月28日二十四时止", size=11)
    paper.prose("特别约定：样本保险单，不承担任何保险责任。保险合同争议解决方式：诉讼。", 10)
    paper.value("签单日期：", "2025年02月20日", size=11)
    paper.value("保险人：", "样本财产保险股份有限公司", size=11)
    paper.stamp(150, 222, "样本财产保险股份有限公司", "承保专用章")
    return paper


def _ruled(paper: Paper, sheet: tuple[tuple[tuple[str, str], ...], ...]) -> None:
    """Labels and values in ruled boxes, one or two pairs a row."""
    for row in sheet:
        y = paper.get_y()
        width = 170 / len(row)
        for column, (label, text) in enumerate(row):
            x = 20 + column * width
            paper.rect(x, y, width, 10)
            paper.set_font("han", size=10)
            paper.put(x + 2, y + 3.2, label, size=10)
            paper.put(x + 4 + paper.get_string_width(label), y + 3.2, text, size=10)
        paper.set_y(y + 10)
    paper.ln(4)


def inspection(font: Path, party: Party, *, number: str, plate: str, day: str) -> Paper:
    """The sheet of an inspection after a repair."""
    paper = Paper(font)
    paper.heading("汽车维修竣工检验单", 20)
    paper.value("检验单编号：", number, size=11)
    paper.value("委托单位：", party.name, size=11)
    paper.value("车牌号：", plate, size=11)
    paper.value("检验日期：", day, size=11)
    rows = [
        ("检验项目", "标准值", "实测值", "检验结果"),
        ("前轴制动率", "≥60%", "68%", "合格"),
        ("后轴制动率", "≥50%", "57%", "合格"),
        ("驻车制动率", "≥20%", "24%", "合格"),
        ("侧滑量 m/km", "-5～+5", "+1.8", "合格"),
        ("前照灯远光强度 cd", "≥15000", "21400", "合格"),
        ("排气烟度 1/m", "≤1.6", "0.42", "合格"),
        ("喇叭声级 dB(A)", "90～115", "102", "合格"),
    ]
    paper.grid(rows, (56, 38, 38, 34))
    paper.value("检验结论：", "各项合格，准予出厂", size=11)
    paper.value("检验员：", "样本乙", size=11)
    paper.value("出厂日期：", day, size=11)
    paper.stamp(140, 190, OWN.name, "检验专用章")
    return paper


def english_order(font: Path, party: Party) -> Paper:
    """A repair order in English."""
    paper = Paper(font)
    paper.heading("REPAIR WORK ORDER", 20)
    paper.value("Order No.", "WO-2024-0611", size=11)
    paper.value("Customer:", party.name, size=11)
    paper.value("Plate:", "样N00S03", size=11)
    paper.value("Mileage:", "33,900 km", size=11)
    paper.value("Date:", "11 June 2024", size=11)
    paper.grid(
        [
            ("Work", "Hours", "Labour", "Parts", "Price"),
            ("Brake pads, front axle", "1.5", "180.00", "YB-201", "340.00"),
            ("Wheel alignment", "1.0", "150.00", "", "0.00"),
        ],
        (60, 20, 26, 34, 26),
    )
    paper.value("Total:", "CNY 670.00", size=11)
    paper.value("Handed over:", "11 June 2024, road test passed (specimen)", size=11)
    paper.stamp(140, 150, "Qingwu Specimen", "SPECIMEN")
    return paper


def identity_card(font: Path, person: str, number: str) -> Paper:
    """An identity card of nobody: an outline for a face, a day of birth that no calendar has."""
    paper = Paper(font, size=(180, 114))
    paper.tint((232, 240, 246))
    paper.rect(5, 5, 170, 104)
    rows = (
        ("姓名", person),
        ("性别", "样    民族  样"),
        ("出生", "0000 年 00 月 00 日"),
        ("住址", "青梧市样本路0号样本楼"),
    )
    for row, (label, text) in enumerate(rows):
        paper.ink((60, 110, 160))
        paper.put(14, 18 + 14 * row, label, size=11)
        paper.ink()
        paper.put(32, 18 + 14 * row, text, size=13)
    paper.set_fill_color(*_GREY)
    paper.ellipse(130, 26, 22, 27, style="F")
    paper.ellipse(119, 56, 44, 34, style="F")
    paper.set_fill_color(232, 240, 246)
    paper.rect(118, 74, 46, 18, style="F")
    paper.put(124, 78, "样本 SPECIMEN", size=11)
    paper.ink((60, 110, 160))
    paper.put(14, 94, "公民身份号码", size=11)
    paper.ink()
    paper.put(48, 94, number, size=14)
    return paper
