"""Contracts: supplements, supply, service, transport over four pages, labour."""

from pathlib import Path

from tools.specimens.paper import Paper
from tools.specimens.parties import OWN, Party


def supplement(font: Path, party: Party, *, number: str, original: str, signed: str) -> Paper:
    """A supplementary contract in Chinese."""
    paper = Paper(font)
    paper.heading("汽车配件采购补充合同")
    paper.value("补充合同编号：", number, size=11)
    paper.value("原合同编号：", original, size=11)
    paper.value("签订日期：", signed, size=11)
    paper.value("甲方（买方）：", party.name, size=11)
    paper.value("乙方（卖方）：", OWN.name, size=11)
    paper.prose(
        f"甲乙双方于此前签订了编号为{original}的采购合同（以下简称“原合同”），"
        "现经协商一致，就原合同的数量和交货期订立补充条款如下："
    )
    for clause in (
        "第一条 原合同第一条所列轮胎数量由16条增加至24条，单价不变。",
        "第二条 新增部分金额为人民币玖仟贰佰元整（小写：¥9,200.00），随原合同货款一并支付。",
        "第三条 新增部分应于本补充合同签订后二十日内交付。",
        "第四条 本补充合同与原合同不一致的，以本补充合同为准；未涉及的，仍按原合同执行。",
        "第五条 本补充合同自双方盖章之日起生效，一式两份，双方各执一份。",
    ):
        paper.prose(clause)
    _signatures(paper, ("甲方", party), ("乙方", OWN))
    return paper


def english_supplement(font: Path, party: Party) -> Paper:
    """A supplementary agreement in English."""
    paper = Paper(font)
    paper.heading("SUPPLEMENTARY AGREEMENT No. 1", 20)
    paper.value("Contract No.", "NSL-2024-031-S1", size=11)
    paper.value("Date:", "2 September 2024", size=11)
    paper.words(
        f"This Supplementary Agreement is made between {party.name} (Party A) and {OWN.name} "
        "(Qingwu Specimen Motor Service, Party B) and supplements the Vehicle Service Agreement "
        "NSL-2024-031 of 15 January 2024 (the Original Agreement)."
    )
    for clause in (
        "1. Two further vehicles, plates 样N00S08 and 样N00S09, are added to Annex 1.",
        "2. The yearly fee rises by CNY 6,400.00, payable with the next quarterly invoice.",
        "3. All other terms of the Original Agreement remain in force.",
        "IN WITNESS WHEREOF the parties hereto have signed this Supplementary Agreement.",
    ):
        paper.words(clause)
    paper.value("Party A:", party.name, size=11)
    paper.value("Party B:", "Qingwu Specimen Motor Service", size=11)
    paper.stamp(140, 175, "Northquay Specimen", "SPECIMEN")
    return paper


def english_service(font: Path, party: Party) -> Paper:
    """An agreement about the service of vehicles, in English, with annexes."""
    paper = Paper(font)
    paper.heading("VEHICLE SERVICE AGREEMENT", 22)
    paper.value("Contract No.", "NSL-2024-031", size=11)
    paper.value("Date:", "15 January 2024", size=11)
    paper.words(f"This Agreement is made between {party.name} of {party.address} (Party A)")
    paper.words(f"and {OWN.name} (Qingwu Specimen Motor Service, Party B).")
    for clause in (
        "WHEREAS Party A runs vehicles in Qingwu and Party B repairs motor vehicles, the parties "
        "agree as follows.",
        "1. Service. Party B shall service the vehicles listed in Annex 1 every 20,000 km.",
        "2. Fee. The yearly fee under this Agreement is CNY 57,600.00, payable each quarter.",
        "3. Warranty. Repairs are warranted for three months or 10,000 km.",
        "4. Liability. Party B is liable for damage to a vehicle while it is in its workshop.",
        "5. Governing law. This Agreement is governed by the laws of China.",
        "IN WITNESS WHEREOF the parties hereto have signed this Agreement.",
    ):
        paper.words(clause)
    paper.stamp(140, 205, "Northquay Specimen", "SPECIMEN")
    return paper


def annex(font: Path, party: Party) -> Paper:
    """The list of vehicles that belongs to the service agreement."""
    paper = Paper(font)
    paper.heading("ANNEX 1 TO THE SERVICE AGREEMENT", 18)
    paper.value("Contract No.", "NSL-2024-031", size=11)
    paper.value("Party A:", party.name, size=11)
    paper.words("Vehicles serviced under this Agreement")
    rows = [("No.", "Plate", "Model", "Mileage (km)")]
    rows += [(str(n), f"样N00S{n:02d}", "Specimen 4x2", f"{n * 11_300:,}") for n in range(1, 8)]
    paper.grid(rows, (16, 40, 50, 40))
    return paper


def supply(font: Path, seller: Party) -> Paper:
    """Our own firm buys from a supplier."""
    paper = Paper(font)
    paper.heading("轮胎年度供货合同")
    paper.value("合同编号：", "YBLT-2025-002", size=11)
    paper.value("签订日期：", "2025年01月06日", size=11)
    paper.value("签订地点：", "云泽市样本工业园", size=11)
    paper.value("需方：", OWN.name, size=11)
    paper.value("供方：", seller.name, size=11)
    paper.prose("供需双方根据《中华人民共和国民法典》，就载重汽车轮胎的年度供应订立本合同。")
    goods = [
        ("序号", "产品名称", "规格型号", "年供量（条）", "单价（元）", "金额（元）"),
        ("1", "载重轮胎", "YB-22.5", "240", "980.00", "235,200.00"),
        ("2", "载重轮胎", "YB-19.5", "80", "760.00", "60,800.00"),
    ]
    paper.grid(goods, (14, 34, 32, 30, 30, 32))
    paper.prose("合同总金额：人民币贰拾玖万陆仟元整（小写：¥296,000.00）。")
    for clause in (
        "第一条 质量标准。按GB 9744-2015执行，供方提供强制性产品认证证书。",
        "第二条 交货。供方按需方月度订单送货至需方仓库，运费由供方承担。",
        "第三条 结算方式。每月25日对账，次月15日前付款。",
        "第四条 违约责任。逾期交货的，按日支付逾期货款万分之五的违约金。",
        "第五条 合同期限。自2025年01月06日至2025年12月31日。",
    ):
        paper.prose(clause)
    _signatures(paper, ("需方", OWN), ("供方", seller))
    return paper


def transport(font: Path, party: Party) -> Paper:
    """A contract of four pages that names its parties on the first only."""
    paper = Paper(font)
    paper.heading("危险货物运输车辆维修保养合同", 20)
    paper.value("合同编号：", "YB-HT-2025-041", size=12)
    paper.value("签订日期：", "2025年04月18日", size=12)
    paper.value("甲方：", party.name, size=12)
    paper.value("乙方：", OWN.name, size=12)
    paper.prose("根据《中华人民共和国民法典》，甲乙双方就车辆维修保养事宜订立本合同。", 12, 0.8)
    paper.prose("第一条 服务范围。乙方为甲方的十二辆危险货物运输车辆提供定期保养和修理。", 12, 0.8)
    chapters = (
        (
            "第二条 保养周期。每行驶两万公里或者六个月保养一次，以先到者为准。",
            "第三条 进厂。甲方应提前两日通知乙方；车辆进厂前，罐体应当清洗置换并附证明。",
            "第四条 配件。乙方使用原厂或者同质配件，更换下来的旧件由甲方处理。",
            "第五条 工期。小修不超过一日，大修不超过十日。",
        ),
        (
            "第六条 费用。按照乙方公示的工时定额和单价计算，合同总金额以实际结算为准，"
            "全年不超过人民币壹拾捌万元。",
            "第七条 付款。每季度结算一次，甲方收到发票后三十日内付款。",
            "第八条 质量保证。二级维护的质量保证期为二十日或者五千公里。",
            "第九条 违约责任。任何一方违反本合同，应赔偿对方因此受到的损失。",
        ),
        (
            "第十条 争议解决。协商不成的，向乙方所在地人民法院提起诉讼。",
            "第十一条 合同期限。本合同有效期两年，自双方盖章之日起计算。",
            "第十二条 本合同一式两份，甲乙双方各执一份。",
            "（以下为签署页，盖章处见原件）",
        ),
    )
    for number, chapter in enumerate(chapters, start=2):
        paper.new_page()
        paper.prose(f"— 第 {number} 页，共 4 页 —", 10)
        for clause in chapter:
            paper.prose(clause, 12, 0.8)
    paper.value("甲方（盖章）：", "", size=12)
    paper.value("乙方（盖章）：", "", size=12)
    paper.seal(80, 150)
    paper.seal(140, 150)
    return paper


def labour(font: Path, worker: str, *, number: str, signed: str, duty: str) -> Paper:
    """A labour contract of our own firm."""
    paper = Paper(font)
    paper.ln(6)
    paper.heading("劳 动 合 同", 28)
    paper.value("合同编号：", number, size=11)
    paper.value("甲方（用人单位）：", OWN.name, size=11)
    paper.value("乙方（劳动者）：", worker, size=11)
    paper.value("签订日期：", signed, size=11)
    paper.prose("根据《中华人民共和国劳动合同法》，甲乙双方平等自愿、协商一致，签订本合同。")
    for clause in (
        "一、合同期限：固定期限三年，其中试用期三个月。",
        f"二、工作内容：甲方安排乙方从事{duty}工作，工作地点为青梧市。",
        "三、工作时间：标准工时制，每日八小时，每周四十小时。",
        "四、劳动报酬：每月15日前以货币形式支付，月工资伍仟元整（样本）。",
        "五、社会保险：甲方依法为乙方缴纳社会保险费。",
        "六、劳动保护：甲方为乙方提供符合国家规定的劳动条件和劳动防护用品。",
        "七、解除和终止：按照劳动合同法的规定办理。",
        "八、本合同一式两份，甲乙双方各执一份。",
    ):
        paper.prose(clause)
    paper.ln(8)
    paper.value("甲方（盖章）：", "", size=11)
    paper.value("乙方（签字）：", worker, size=11)
    paper.stamp(110, 235, OWN.name)
    return paper


def _signatures(paper: Paper, *sides: tuple[str, Party]) -> None:
    """Both parties with their seals, side by side."""
    y = paper.get_y() + 10
    for x, (role, party) in zip((20, 112), sides, strict=True):
        paper.put(x, y, f"{role}（盖章）：", size=11)
        paper.put(x, y + 9, party.name, size=10)
        paper.put(x, y + 18, "授权代表：", size=11)
        paper.stamp(x + 45, y + 12, party.name)
