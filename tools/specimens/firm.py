"""The first papers that can be drawn: licences, contracts, tax papers, work orders."""

from pathlib import Path

from tools.specimens.paper import Paper
from tools.specimens.parties import OWN, Party


def licence(font: Path, party: Party, founded: str, until: str) -> Paper:
    """A business licence of the present layout."""
    paper = Paper(font)
    paper.frame()
    paper.ln(12)
    paper.heading("营业执照", 34)
    paper.heading("（副本）", 13)
    paper.value("统一社会信用代码", party.code, gap=48)
    paper.ln(6)
    paper.value("名称", party.name)
    paper.value("类型", "有限责任公司（自然人投资或控股）")
    paper.value("住所", party.address)
    paper.value("法定代表人", "样本甲")
    paper.value("注册资本", "壹佰万元整")
    paper.value("成立日期", founded)
    paper.value("营业期限", f"{founded}至{until}")
    paper.value(
        "经营范围",
        "道路货物运输；汽车配件销售；样本演示。（依法须经批准的项目，经批准后方可开展经营活动）",
    )
    paper.set_y(225)
    paper.value("登记机关", "青梧市样本市场监督管理局", gap=30)
    paper.value("", "2021年03月15日", gap=90)
    paper.seal(150, 235)
    return paper


def old_licence(font: Path, party: Party, founded: str) -> Paper:
    """A licence of the old layout, with a registration number, of an individual business."""
    paper = Paper(font)
    paper.frame()
    paper.ln(14)
    paper.heading("个体工商户营业执照", 28)
    paper.value("注册号", party.old_no)
    paper.ln(6)
    paper.value("名称", party.name)
    paper.value("组成形式", "个人经营")
    paper.value("经营者", "样本乙")
    paper.value("经营场所", party.address)
    paper.value("经营范围", "食品加工、零售（样本）")
    paper.value("注册日期", founded)
    paper.set_y(215)
    paper.value("登记机关", "青梧市样本工商行政管理局", gap=30)
    paper.value("", "2013年06月20日", gap=90)
    paper.seal(150, 226)
    return paper


def contract(font: Path, buyer: Party, number: str, signed: str) -> Paper:
    """A purchase contract of two pages."""
    paper = Paper(font)
    paper.heading("汽车配件采购合同")
    paper.value("合同编号：", number, size=11)
    paper.value("签订日期：", signed, size=11)
    paper.value("甲方（买方）：", buyer.name, size=11)
    paper.value("乙方（卖方）：", OWN.name, size=11)
    paper.words(
        "根据《中华人民共和国民法典》及有关法律规定，甲乙双方经协商一致，订立本合同，共同遵守。"
    )
    paper.words("第一条 标的物。乙方向甲方供应下列汽车配件：")
    goods = [
        ("序号", "名称", "规格型号", "数量", "单价（元）", "金额（元）"),
        ("1", "制动片", "YB-201", "120", "85.00", "10,200.00"),
        ("2", "机油滤清器", "YB-305", "200", "32.00", "6,400.00"),
        ("3", "轮胎", "YB-22.5", "16", "1,150.00", "18,400.00"),
    ]
    paper.grid(goods, (14, 40, 36, 20, 28, 32))
    paper.words("合同总金额：人民币叁万伍仟元整（小写：¥35,000.00）。")
    clauses = (
        "第二条 质量要求。配件应符合国家标准及原厂技术要求，质量保证期为交付之日起十二个月。",
        "第三条 交货。乙方应于合同签订后十五日内将货物送达甲方指定地点，运费由乙方承担。",
        "第四条 付款方式。甲方收到货物并验收合格后三十日内以银行转账方式付清全部货款。",
        "第五条 违约责任。任何一方违反本合同约定的，应向对方支付合同总金额百分之五的违约金。",
        "第六条 争议解决。因本合同发生的争议，双方应协商解决；协商不成的，"
        "向乙方所在地人民法院提起诉讼。",
        "第七条 合同期限。本合同自双方盖章之日起生效，有效期一年。",
        "第八条 其他。本合同一式两份，甲乙双方各执一份，具有同等法律效力。",
    )
    for clause in clauses:
        paper.words(clause)
    paper.new_page()
    paper.words("（以下为签署页）")
    paper.value("甲方（盖章）：", buyer.name, size=11)
    paper.value("乙方（盖章）：", OWN.name, size=11)
    paper.value("代表人：", "样本甲        样本乙", size=11)
    paper.seal(80, 90)
    paper.seal(140, 90)
    return paper


def english_contract(font: Path, party: Party) -> Paper:
    """A supply agreement in English."""
    paper = Paper(font)
    paper.heading("SUPPLY AGREEMENT", 22)
    paper.value("Contract No.", "SPC-2025-0117", size=11)
    paper.value("Date:", "17 March 2025", size=11)
    paper.words(f"This Agreement is made between {party.name} (the Supplier)")
    paper.words(f"and {OWN.name} (Qingwu Specimen Motor Service, the Customer).")
    for clause in (
        "WHEREAS the Supplier makes spare parts and the Customer repairs motor vehicles, the "
        "parties agree as follows.",
        "1. Supply. The Supplier shall deliver the parts ordered within twenty days.",
        "2. Price. The total price under this Agreement is CNY 48,600.00.",
        "3. Warranty. The Supplier warrants the parts for twelve months after delivery.",
        "4. Governing law. This Agreement is governed by the laws of China.",
        "IN WITNESS WHEREOF the parties hereto have signed this Agreement.",
    ):
        paper.words(clause)
    paper.seal(140, 190, "SPECIMEN")
    return paper


def tax_registration(font: Path, party: Party) -> Paper:
    """A tax registration certificate."""
    paper = Paper(font)
    paper.frame()
    paper.ln(16)
    paper.heading("税务登记证", 32)
    paper.value("税字号", party.code)
    paper.ln(4)
    paper.value("纳税人名称", party.name)
    paper.value("法定代表人", "样本甲")
    paper.value("地址", party.address)
    paper.value("登记注册类型", "私营有限责任公司")
    paper.value("经营范围", "汽车配件销售（样本）")
    paper.value("批准设立机关", "青梧市样本市场监督管理局")
    paper.value("扣缴义务", "依法确定")
    paper.set_y(220)
    paper.value("发证税务机关", "青梧市样本税务局", gap=36)
    paper.value("发证日期", "2015年04月08日", gap=36)
    paper.seal(150, 228)
    return paper


def invoice(font: Path, buyer: Party, number: str) -> Paper:
    """An invoice with value added tax."""
    paper = Paper(font, landscape=True)
    paper.heading("青梧增值税普通发票", 22)
    paper.value("发票代码：", "099002400104", size=11, gap=30)
    paper.value("发票号码：", number, size=11, gap=30)
    paper.value("开票日期：", "2024年09月12日", size=11, gap=30)
    paper.value("购买方名称：", buyer.name, size=11, gap=36)
    paper.value("纳税人识别号：", buyer.code, size=11, gap=36)
    goods = [
        ("货物或应税劳务、服务名称", "规格", "数量", "单价", "金额", "税率", "税额"),
        ("*汽车维修*发动机大修", "次", "1", "8,000.00", "8,000.00", "13%", "1,040.00"),
        ("*汽车配件*制动片", "套", "2", "400.00", "800.00", "13%", "104.00"),
    ]
    paper.grid(goods, (80, 20, 22, 34, 36, 22, 36))
    paper.value("价税合计（大写）", "玖仟玖佰肆拾肆圆整", size=11, gap=44)
    paper.value("（小写）", "¥9,944.00", size=11, gap=44)
    paper.value("销售方名称：", OWN.name, size=11, gap=36)
    paper.value("纳税人识别号：", OWN.code, size=11, gap=36)
    paper.value("收款人：", "样本甲   开票人：样本乙", size=11, gap=24)
    paper.seal(230, 165)
    return paper


def work_order(font: Path, party: Party, number: str, *, plate: str, done: str) -> Paper:
    """A repair order."""
    paper = Paper(font)
    paper.heading("汽车维修工单")
    paper.value("工单号：", number, size=11)
    paper.value("客户名称：", party.name, size=11)
    paper.value("车牌号：", plate, size=11)
    paper.value("行驶里程：", "128,450 公里", size=11)
    paper.value("进厂日期：", done, size=11)
    jobs = [
        ("维修项目", "工时", "工时费", "更换配件", "配件费"),
        ("更换前制动片", "1.5", "180.00", "制动片一套", "340.00"),
        ("四轮定位", "1.0", "150.00", "", "0.00"),
        ("更换机油机滤", "0.5", "60.00", "机油、机滤", "265.00"),
    ]
    paper.grid(jobs, (50, 20, 28, 40, 32))
    paper.value("合计金额：", "¥995.00", size=11)
    paper.value("竣工日期：", done, size=11)
    paper.value("故障描述：", "制动异响，方向跑偏（样本）", size=11)
    paper.value("送修人：", "样本甲", size=11)
    paper.seal(150, 175)
    return paper


def settlement(font: Path, party: Party) -> Paper:
    """A settlement sheet."""
    paper = Paper(font)
    paper.heading("维修费用结算单")
    paper.value("单号：", "JS-2024-0912", size=11)
    paper.value("客户名称：", party.name, size=11)
    paper.value("结算日期：", "2024-09-12", size=11)
    paper.grid(
        [("项目", "金额"), ("工时费", "8,000.00"), ("材料费", "800.00"), ("税额", "1,144.00")],
        (80, 50),
    )
    paper.value("结算金额：", "¥9,944.00", size=11)
    paper.value("应收：", "9,944.00   实收：9,944.00", size=11)
    paper.seal(140, 140)
    return paper


def tax_payment(font: Path, party: Party) -> Paper:
    """A certificate of taxes paid."""
    paper = Paper(font)
    paper.heading("中华人民共和国税收完税证明", 20)
    paper.value("编号：", "990024061200081", size=11)
    paper.value("填发日期：", "2024年06月12日", size=11)
    paper.value("纳税人识别号：", party.code, size=11)
    paper.value("纳税人名称：", party.name, size=11)
    rows = [
        ("原凭证号", "税种", "品目名称", "税款所属时期", "入库（退）日期", "实缴（退）金额"),
        ("9900240612", "增值税", "食品", "2024-05", "2024-06-12", "3,210.55"),
    ]
    paper.grid(rows, (30, 22, 24, 34, 34, 34))
    paper.value("金额合计：", "¥3,210.55", size=11)
    paper.seal(150, 130)
    return paper
