"""Letters and complaints, drawn and as plain text."""

from pathlib import Path

from tools.specimens.paper import Paper
from tools.specimens.parties import OWN, Party

ENQUIRY = (
    "样本 SPECIMEN\n\n尊敬的{to}：\n\n"
    "    我公司拟于下季度更换两辆冷藏车的制动系统，请贵公司报价。\n"
    "    现将我公司的税务登记证和委托维修的车辆行驶证扫描件随信附上，请查收。\n\n"
    "    顺祝商祺！\n\n{sender}\n联系人：样本甲\n2025年5月6日\n"
)
COVER = (
    "SPECIMEN 样本\n\nDear Sirs,\n\nRe: Vehicle Service Agreement NSL-2024-031\n\n"
    "We refer to our telephone conversation and confirm that the vehicle 样N00S03 will be\n"
    "brought in on 11 June. Please send the settlement to our office in Northquay.\n\n"
    "Yours faithfully,\n\n{sender}\nBen Specimen\n3 June 2024\n"
)


def reminder(font: Path, debtor: Party) -> Paper:
    """Our own firm asks a customer to pay."""
    paper = Paper(font)
    paper.ln(6)
    paper.heading("催 款 函", 26)
    paper.value("编号：", "YB-CK-2025-009", size=11)
    paper.prose(f"{debtor.name}：", 13)
    paper.prose(
        "    截至2025年9月30日，贵公司尚欠我公司车辆维修费人民币叁万贰仟陆佰元整"
        "（¥32,600.00），已超过合同约定的付款期限六十日。",
        12,
        0.8,
    )
    paper.prose("    请贵公司于收到本函之日起十日内付清上述款项；如已付款，请忽略本函。", 12, 0.8)
    paper.prose("    特此函告。", 12, 0.8)
    paper.prose("    此致\n敬礼", 12, 0.8)
    paper.ln(14)
    paper.set_x(110)
    paper.put(110, paper.get_y(), OWN.name, size=12)
    paper.put(126, paper.get_y() + 10, "2025年10月8日", size=12)
    paper.stamp(150, paper.get_y() + 4, OWN.name)
    return paper


def complaint(font: Path, party: Party) -> Paper:
    """A complaint on the firm's own form."""
    paper = Paper(font)
    paper.heading("客户投诉登记表", 22)
    paper.grid(
        [
            ("投诉编号", "TS-2025-014", "投诉日期", "2025年07月03日"),
            ("客户名称", party.name, "车牌号", "样C00S31"),
            ("投诉人", "样本甲", "投诉方式", "来店"),
        ],
        (26, 66, 26, 52),
    )
    paper.words("投诉内容：")
    paper.prose(
        "6月28日在贵厂更换空调压缩机后，行驶不到一百公里空调即不制冷，车辆停运一天，"
        "要求免费返修并赔偿停运损失。"
    )
    paper.words("责任部门意见：")
    paper.prose("经检查，为管路接头密封圈安装不当所致，属于维修质量问题。")
    paper.words("处理结果：")
    paper.prose("见《投诉处理答复书》。")
    paper.ln(6)
    paper.value("受理人：", "样本乙", size=11)
    return paper


def answer(font: Path, party: Party) -> Paper:
    """What the firm answered to the complaint."""
    paper = Paper(font)
    paper.ln(4)
    paper.heading("投诉处理答复书", 22)
    paper.value("投诉编号：", "TS-2025-014", size=11)
    paper.value("客户名称：", party.name, size=11)
    paper.prose(
        "就贵公司2025年7月3日提出的关于样C00S31空调维修质量的投诉，经我公司调查核实，现答复如下：",
        12,
        0.75,
    )
    for text in (
        "一、投诉内容属实，故障原因为密封圈安装不当。",
        "二、处理结果：免费返修，并补偿停运损失人民币捌佰元整。",
        "三、返修部位的质量保证期自返修之日起重新计算。",
        "投诉人对以上处理结果表示同意。",
    ):
        paper.prose(text, 12, 0.75)
    paper.ln(10)
    paper.put(110, paper.get_y(), OWN.name, size=12)
    paper.put(126, paper.get_y() + 10, "2025年07月09日", size=12)
    paper.stamp(150, paper.get_y() + 4, OWN.name)
    return paper
