"""Papers about money: invoices of both layouts, tax payments, statements."""

from pathlib import Path

from tools.specimens.paper import Colour, Paper
from tools.specimens.parties import OWN, Party

_BROWN: Colour = (150, 90, 50)
_RED: Colour = (190, 40, 40)
Items = tuple[tuple[str, ...], ...]


def special_invoice(font: Path, buyer: Party, number: str) -> Paper:
    """A special invoice with value added tax, as printed until the fully electronic ones."""
    paper = Paper(font, size=(240, 150))
    paper.ink(_BROWN)
    paper.middle(14, "青梧增值税专用发票", 20)
    paper.middle(23, "发 票 联", 12)
    for x, y, width, height in (
        (8, 32, 224, 24),
        (8, 56, 224, 42),
        (8, 98, 224, 9),
        (8, 107, 224, 22),
    ):
        paper.rect(x, y, width, height)
    for label, y in (("购买方", 35), ("销售方", 109)):
        for place, letter in enumerate(label):
            paper.put(10, y + 6.4 * place, letter, size=9)
        paper.line(16, y - 2, 16, y + 20)
    for y, party in ((34, buyer), (109, OWN)):
        for row, label in enumerate(("名        称：", "纳税人识别号：", "地址、电话：")):
            paper.put(18, y + 6.6 * row, label, size=9)
        paper.ink()
        for row, text in enumerate((party.name, party.code, party.address)):
            paper.put(46, y + 6.6 * row, text, size=9)
        paper.ink(_BROWN)
    _cipher(paper, 150, 34)
    widths = (64, 20, 14, 18, 28, 32, 16, 32)
    heads = ("货物或应税劳务、服务名称", "规格型号", "单位", "数量", "单价", "金额", "税率", "税额")
    rows = (
        ("*机动车修理*发动机维修", "", "次", "1", "2,300.00", "2,300.00", "13%", "299.00"),
        ("*汽车零配件*水泵总成", "YB-77", "只", "1", "700.00", "700.00", "13%", "91.00"),
    )
    _columns(paper, (8, 56, 42), widths, (heads, *rows))
    paper.put(20, 91, "合        计", size=9)
    paper.put(10, 100, "价税合计（大写）", size=9)
    paper.put(150, 100, "（小写）", size=9)
    paper.ink()
    paper.put(152, 91, "¥3,000.00", size=9)
    paper.put(201, 91, "¥390.00", size=9)
    paper.put(50, 100, "叁仟叁佰玖拾圆整", size=10)
    paper.put(168, 100, "¥3,390.00", size=10)
    paper.put(12, 12, "099002400130", size=14)
    paper.put(180, 15, f"№ {number}", size=15)
    paper.put(180, 25, "开票日期：2024年11月05日", size=9)
    paper.put(
        12, 131, "收款人：样本甲      复核：样本乙      开票人：样本甲      销售方：（章）", size=9
    )
    paper.stamp(205, 118, OWN.name, "发票专用章", radius=13)
    return paper


def _cipher(paper: Paper, x: float, y: float) -> None:
    """The box of characters nobody reads."""
    paper.line(x - 8, y - 2, x - 8, y + 22)
    paper.line(x - 2, y - 2, x - 2, y + 22)
    for place, letter in enumerate("密码区"):
        paper.put(x - 7, y + 1 + 6.4 * place, letter, size=9)
    for row, text in enumerate(("03*<8+>2/-641>9", "+5/<77-*0>3+18/", "4>60-*2<+9/35*7")):
        paper.put(x + 4, y + 1 + 6 * row, text, size=11)


def _columns(
    paper: Paper,
    place: tuple[float, float, float],
    widths: tuple[float, ...],
    rows: tuple[tuple[str, ...], ...],
) -> None:
    """A table without lines between its rows: left, top and height, then the columns."""
    left, top, height = place
    for column, width in enumerate(widths):
        if column:
            paper.line(left, top, left, top + height)
        for row, texts in enumerate(rows):
            paper.put(left + 1, top + 2 + 7 * row, texts[column], size=9 if row else 8)
        left += width


def electronic_invoice(
    font: Path, buyer: Party, number: str, *, day: str, items: Items, total: tuple[str, str]
) -> Paper:
    """A fully electronic invoice: one number of twenty digits, no cipher.

    Args:
        font: as for `Paper`.
        buyer: whom it is made out to.
        number: twenty digits.
        day: as printed.
        items: name, unit, count, price, amount, rate, tax.
        total: in words and in figures.
    """
    paper = Paper(font, size=(210, 150))
    paper.ink(_RED)
    paper.middle(16, "电子发票（普通发票）", 19)
    paper.line(68, 25, 142, 25)
    for x, width in ((8, 97), (105, 97)):
        paper.rect(x, 34, width, 24)
    paper.rect(8, 58, 194, 44)
    paper.rect(8, 102, 194, 10)
    paper.rect(8, 112, 194, 16)
    paper.put(10, 105, "价税合计（大写）", size=9)
    paper.put(130, 105, "（小写）", size=9)
    for x, who in ((9.5, "购买方信息"), (106.5, "销售方信息")):
        for place, letter in enumerate(who):
            paper.put(x, 35 + 4.4 * place, letter, size=8)
    for x in (15, 112):
        paper.line(x, 34, x, 58)
        paper.put(x + 2, 39, "名称：", size=9)
        paper.put(x + 2, 49, "统一社会信用代码/纳税人识别号：", size=8)
    heads = ("项目名称", "单位", "数量", "单价", "金额", "税率", "税额")
    paper.put(25, 95, "合        计", size=9)
    paper.ink()
    _columns(paper, (8, 58, 44), (64, 14, 18, 26, 28, 18, 26), (heads, *items))
    for x, party in ((15, buyer), (112, OWN)):
        paper.put(x + 12, 39, party.name, size=9)
        paper.put(x + 45, 49, party.code, size=8)
    paper.put(48, 105, total[0], size=10)
    paper.put(146, 105, total[1], size=10)
    paper.put(140, 17, f"发票号码：{number}", size=9)
    paper.put(140, 24, f"开票日期：{day}", size=9)
    paper.put(10, 115, "备注：样本，不得作为报销凭证", size=9)
    paper.put(10, 130, "开票人：样本乙", size=9)
    paper.squares(10, 9, 20, int(number[-6:]))
    return paper


def tax_payment(font: Path, party: Party, *, number: str, day: str) -> Paper:
    """A certificate of taxes paid, as printed from the tax office's terminal."""
    paper = Paper(font, size=(240, 150))
    paper.tint((238, 246, 240))
    paper.middle(14, "中华人民共和国", 13)
    paper.middle(24, "税 收 完 税 证 明", 22)
    paper.put(170, 24, f"№ {number}", size=11)
    paper.put(14, 36, f"填发日期：{day}", size=10)
    paper.put(110, 36, "税务机关：青梧市样本税务局第一税务所", size=10)
    paper.rect(12, 43, 216, 10)
    paper.put(14, 46, "纳税人识别号", size=10)
    paper.put(46, 46, party.code, size=11)
    paper.put(118, 46, "纳税人名称", size=10)
    paper.put(146, 46, party.name, size=11)
    heads = ("原凭证号", "税种", "品目名称", "税款所属时期", "入（退）库日期", "实缴（退）金额")
    rows = (
        (
            "399024071200018",
            "增值税",
            "运输服务",
            "2024-06-01至2024-06-30",
            "2024-07-12",
            "18,420.36",
        ),
        ("399024071200019", "城建税", "市区", "2024-06-01至2024-06-30", "2024-07-12", "1,289.43"),
        (
            "399024071200020",
            "企业所得税",
            "应纳税所得额",
            "2024-04-01至2024-06-30",
            "2024-07-12",
            "9,060.00",
        ),
    )
    paper.rect(12, 53, 216, 44)
    _columns(paper, (12, 53, 44), (38, 26, 32, 52, 32, 36), (heads, *rows))
    paper.rect(12, 97, 216, 10)
    paper.put(14, 100, "金额合计（大写）  贰万捌仟柒佰陆拾玖元柒角玖分", size=10)
    paper.put(170, 100, "¥28,769.79", size=11)
    paper.rect(12, 107, 216, 26)
    paper.put(14, 110, "备注：样本。妥善保管", size=9)
    paper.put(150, 110, "填票人：样本乙", size=9)
    paper.stamp(112, 119, "青梧市样本税务局", "征税专用章", radius=13)
    return paper


def settlement(font: Path, party: Party, *, number: str, day: str, plate: str) -> Paper:
    """A settlement sheet of a repair, with materials and labour apart."""
    paper = Paper(font)
    paper.heading("机动车维修结算清单", 20)
    paper.value("单号：", number, size=11)
    paper.value("托修方：", party.name, size=11)
    paper.value("车牌号：", plate, size=11)
    paper.value("结算日期：", day, size=11)
    paper.words("一、工时费")
    paper.grid(
        [
            ("序号", "维修项目", "结算工时", "单价", "金额"),
            ("1", "离合器总成更换", "6.0", "80.00", "480.00"),
            ("2", "四轮定位", "1.0", "120.00", "120.00"),
        ],
        (16, 64, 28, 28, 32),
    )
    paper.words("二、材料费")
    paper.grid(
        [
            ("序号", "配件名称", "数量", "单价", "金额"),
            ("1", "离合器三件套", "1", "1,260.00", "1,260.00"),
            ("2", "变速箱油", "3", "60.00", "180.00"),
        ],
        (16, 64, 28, 28, 32),
    )
    paper.value("工时费合计：", "600.00", size=11)
    paper.value("材料费合计：", "1,440.00", size=11)
    paper.value("结算金额：", "¥2,040.00", size=11)
    paper.value("结算方式：", "转账", size=11)
    paper.put(24, 232, "承修方（章）：", size=11)
    paper.put(112, 232, "托修方签字：样本甲", size=11)
    paper.stamp(72, 236, OWN.name)
    return paper
