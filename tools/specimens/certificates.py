"""Certificates: licences of the present layout, organisation code, ISO, CCC, authorisation."""

from pathlib import Path

from tools.specimens.paper import Colour, Paper
from tools.specimens.parties import OWN, TYRES, Party

_GOLD: Colour = (176, 140, 60)
_BLUE: Colour = (70, 120, 160)


def wide_licence(
    font: Path, party: Party, founded: str, *, issued: str, capital: str = "伍佰万元整"
) -> Paper:
    """A business licence as issued since 2019: lying, values in two columns."""
    paper = Paper(font, landscape=True)
    paper.tint((252, 248, 236))
    paper.frame(_GOLD)
    paper.ink(_GOLD)
    paper.ellipse(138.5, 18, 20, 20)
    paper.middle(26, "样本", 14)
    paper.middle(44, "营 业 执 照", 38)
    paper.ink()
    paper.middle(61, "（副  本）", 13)
    paper.put(24, 30, "统一社会信用代码", size=10)
    paper.put(24, 37, party.code, size=13)
    paper.squares(246, 22, 26, sum(party.code.encode()))
    left = (("名称", party.name), ("类型", "有限责任公司"), ("法定代表人", "样本甲"))
    scope = (
        "道路货物运输；货物仓储；车辆租赁（样本）。（依法须经批准的项目，经批准后方可开展经营活动）"
    )
    right = (("注册资本", capital), ("成立日期", founded), ("住所", party.address))
    for row, (label, text) in enumerate(left):
        paper.put(26, 80 + 13 * row, label, size=12)
        paper.put(56, 80 + 13 * row, text, size=12)
    paper.put(26, 119, "经营范围", size=12)
    paper.put(56, 119, scope, size=11, width=88)
    for row, (label, text) in enumerate(right):
        paper.put(156, 80 + 13 * row, label, size=12)
        paper.put(186, 80 + 13 * row, text, size=12, width=92)
    paper.put(190, 162, "登记机关", size=12)
    paper.put(216, 176, issued, size=12)
    paper.stamp(238, 166, "青梧市样本市场监督管理局")
    return paper


def organisation_code(font: Path, party: Party, *, issued: str, until: str) -> Paper:
    """An organisation code certificate, as they were until 2015."""
    paper = Paper(font, landscape=True)
    paper.tint((246, 240, 250))
    paper.frame((150, 60, 90))
    paper.ink((150, 30, 60))
    paper.middle(26, "中华人民共和国", 18)
    paper.middle(40, "组织机构代码证", 32)
    paper.ink()
    paper.middle(58, "（副  本）", 13)
    paper.put(40, 74, f"代码：{party.organisation_no}", size=15)
    rows = (
        ("机构名称", party.name),
        ("机构类型", "企业法人"),
        ("地址", party.address),
        ("有效期", f"自{issued}至{until}"),
        ("颁发单位", "青梧市样本质量技术监督局"),
        ("登记号", f"组代管990001-{party.serial[1:4]}0018"),
    )
    for row, (label, text) in enumerate(rows):
        paper.put(40, 90 + 12 * row, label, size=13)
        paper.put(76, 90 + 12 * row, text, size=13)
    paper.stamp(236, 150, "青梧市样本质量技术监督局")
    return paper


def iso_9001(font: Path, party: Party, english: str) -> Paper:
    """A certificate of a quality management system, in English with the holder's two names."""
    paper = Paper(font)
    paper.tint((244, 250, 252))
    paper.frame(_BLUE)
    paper.ink(_BLUE)
    paper.ellipse(88, 22, 34, 18)
    paper.middle(27, "SPEC-CERT", 14)
    paper.ink()
    paper.middle(56, "QUALITY MANAGEMENT SYSTEM", 20)
    paper.middle(67, "CERTIFICATE", 26)
    paper.middle(82, "Certificate No.: 99024Q00018R1M", 12)
    paper.middle(98, "This is to certify that the quality management system of", 12)
    paper.middle(110, party.name, 15)
    paper.middle(119, english, 13)
    paper.middle(130, f"Unified Social Credit Code: {party.code}", 11)
    paper.middle(138, "Registered address: No. 88, Specimen Industrial Park, Yunze", 11)
    paper.middle(152, "conforms to the standard", 12)
    paper.middle(162, "GB/T 19001-2016 / ISO 9001:2015", 16)
    paper.middle(178, "The certificate is valid for the following scope:", 12)
    paper.middle(187, "Design, manufacture and sale of tyres for motor vehicles", 12)
    paper.put(40, 214, "Date of issue: 12 June 2024", size=11)
    paper.put(40, 223, "Valid until: 11 June 2027", size=11)
    paper.squares(40, 236, 24, 9001)
    paper.put(112, 262, "Specimen Certification Centre", size=11)
    paper.stamp(150, 235, "样本认证中心有限公司")
    return paper


def compulsory(font: Path, party: Party) -> Paper:
    """A certificate for China compulsory product certification."""
    paper = Paper(font)
    paper.tint((250, 246, 252))
    paper.frame((120, 120, 120))
    paper.ellipse(22, 22, 26, 17)
    paper.put(27, 26, "CCC", size=22)
    paper.middle(50, "中国国家强制性产品认证证书", 22)
    paper.middle(64, "证书编号：9902411201000018", 12)
    entries = (
        ("委托人名称、地址", f"{party.name}\n{party.address}"),
        ("生产者（制造商）名称、地址", f"{party.name}\n{party.address}"),
        ("生产企业名称、地址", f"{party.name}\n{party.address}"),
        ("产品名称和系列、规格、型号", "载重汽车轮胎  YB-22.5（样本）"),
        ("产品标准和技术要求", "GB 9744-2015"),
    )
    y = 82.0
    for label, text in entries:
        paper.middle(y, label, 13)
        for line, part in enumerate(text.split("\n")):
            paper.middle(y + 8 + 7 * line, part, 11)
        y += 27
    paper.middle(216, "上述产品符合强制性产品认证实施规则的要求，特发此证。", 12)
    paper.middle(226, "发证日期：2024年03月20日    有效期至：2029年03月19日", 12)
    paper.put(40, 258, "主任：样本乙", size=12)
    paper.stamp(150, 254, "样本质量认证中心")
    return paper


def authorisation(font: Path) -> Paper:
    """The tyre maker authorises our own firm to sell and fit its tyres."""
    paper = Paper(font)
    paper.frame(_GOLD)
    paper.across()
    paper.ln(24)
    paper.heading("授 权 书", 32)
    paper.ln(4)
    paper.value("授权编号：", "YBLT-SQ-2025-006", size=12)
    paper.prose(
        f"兹授权 {OWN.name} 为本公司轮胎产品在青梧市的特约经销商及安装服务商，"
        "可以本公司名义开展样本牌载重汽车轮胎的销售、安装和质量三包服务。",
        13,
        0.75,
    )
    paper.prose("授权区域：青梧市行政区域。", 13)
    paper.prose("有效期：2025年01月01日至2026年12月31日", 13)
    paper.prose("未经本公司书面同意，被授权方不得转授权。本授权书复印无效。", 13)
    paper.set_y(190)
    paper.value("授权单位：", TYRES.name)
    paper.value("法定代表人：", "样本乙")
    paper.value("签发日期：", "2024年12月20日")
    paper.stamp(140, 205, TYRES.name)
    return paper


def skill(font: Path, worker: str) -> Paper:
    """A certificate of a training that a worker passed."""
    paper = Paper(font, size=(260, 180))
    paper.tint((250, 248, 240))
    paper.frame((150, 40, 40))
    paper.middle(30, "职业技能培训合格证书", 26)
    paper.put(30, 60, "证书编号：YB-PX-2023-0117", size=12)
    paper.put(30, 76, f"姓名：{worker}", size=14)
    paper.put(120, 76, "工种：汽车维修工（样本）", size=14)
    paper.put(
        30,
        92,
        f"{worker} 于2023年03月参加新能源汽车维修安全操作培训，考核合格，特发此证。",
        size=14,
        width=150,
    )
    paper.rect(200, 60, 32, 42)
    paper.put(207, 78, "照片样本", size=11)
    paper.put(30, 124, "发证机关：青梧市样本职业技能鉴定中心", size=12)
    paper.put(30, 136, "发证日期：2023年04月02日", size=12)
    paper.stamp(190, 136, "青梧市样本职业技能鉴定中心")
    return paper
