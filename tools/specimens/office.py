"""Office files: a contract as a Word file, a statement of account as a workbook, an e-invoice."""

from datetime import UTC, datetime
from pathlib import Path

import docx
import xlsxwriter

from tools.specimens.money import Items
from tools.specimens.ofd import Ofd
from tools.specimens.packed import same_every_time
from tools.specimens.parties import OWN, Party

_MADE = datetime(2025, 1, 1, tzinfo=UTC)


def service_contract(path: Path, party: Party) -> None:
    """A contract about the yearly service of vehicles, as a Word file."""
    paper = docx.Document()
    paper.core_properties.created = paper.core_properties.modified = _MADE
    paper.core_properties.author = "样本"
    paper.sections[0].header.paragraphs[0].text = "样本 SPECIMEN，仅供演示"
    paper.add_heading("车辆保养服务合同", level=0)
    for line in (
        "合同编号：YB-HT-2025-027",
        "签订日期：2025年02月10日",
        f"甲方（委托方）：{party.name}",
        f"乙方（受托方）：{OWN.name}",
        "根据《中华人民共和国民法典》及有关法律规定，甲乙双方经协商一致，订立本合同。",
        "第一条 服务内容。乙方为甲方的下列车辆提供年度保养服务：",
    ):
        paper.add_paragraph(line)
    rows = (
        ("号牌号码", "车型", "保养次数", "年服务费（元）"),
        ("样D00S21", "厢式货车", "4", "7,200.00"),
        ("样D00S22", "冷藏车", "6", "12,600.00"),
    )
    table = paper.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in (
        "第二条 合同总金额：人民币壹万玖仟捌佰元整（小写：¥19,800.00）。",
        "第三条 付款方式。按季度结算，收到发票后三十日内付款。",
        "第四条 违约责任。逾期付款的，按日支付逾期款项万分之三的违约金。",
        "第五条 争议解决。协商不成的，向乙方所在地人民法院提起诉讼。",
        "第六条 本合同一式两份，甲乙双方各执一份，自盖章之日起生效。",
    ):
        paper.add_paragraph(line)
    paper.save(str(path))
    same_every_time(path)


def statement(path: Path, party: Party) -> None:
    """A statement of account of a quarter, as a workbook."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "对账单 样本 SPECIMEN", "author": "样本", "created": _MADE})
    sheet = book.add_worksheet("对账单")
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    sheet.set_column(0, 4, 18)
    sheet.write(0, 0, "客户对账单", bold)
    sheet.write(0, 4, "样本 SPECIMEN")
    heads = (
        ("客户名称：", party.name),
        ("对账单位：", OWN.name),
        ("对账期间：", "2025年01月至2025年03月"),
        ("结算日期：", "2025-03-31"),
    )
    for row, pair in enumerate(heads, start=1):
        sheet.write_row(row, 0, pair)
    sheet.write_row(6, 0, ("日期", "单号", "工时费", "材料费", "应收"), bold)
    lines = (
        ("2025-01-14", "JS-2025-0114", 300.0, 620.0),
        ("2025-02-21", "JS-2025-0221", 480.0, 1350.0),
        ("2025-03-15", "JS-2025-0315", 1500.0, 195.0),
    )
    for row, (day, number, labour, parts) in enumerate(lines, start=7):
        sheet.write_row(row, 0, (day, number))
        sheet.write_row(row, 2, (labour, parts, labour + parts), money)
    total = sum(labour + parts for _, _, labour, parts in lines)
    sheet.write(11, 0, "结算金额：", bold)
    sheet.write(11, 1, total, money)
    sheet.write(12, 0, "请核对无误后盖章确认。")
    book.close()


def ofd_invoice(
    path: Path, buyer: Party, number: str, *, day: str, items: Items, total: tuple[str, str]
) -> None:
    """A fully electronic invoice as the tax office's platform issues it: as OFD."""
    page = Ofd(210, 140, {"发票号码": number, "开票日期": day, "合计金额": total[1]})
    page.text(74, 8, "电子发票（普通发票）", 6)
    page.text(10, 6, "样本 SPECIMEN", 4)
    page.text(142, 8, f"发票号码：{number}")
    page.text(142, 15, f"开票日期：{day}")
    for x, who, party in ((8, "购买方信息", buyer), (105, "销售方信息", OWN)):
        page.box(x, 28, 97, 24)
        page.text(x + 2, 30, who, 3)
        page.text(x + 2, 36, f"名称：{party.name}")
        page.text(x + 2, 44, f"统一社会信用代码/纳税人识别号：{party.code}", 3)
    page.box(8, 52, 194, 44)
    lefts = (10, 76, 92, 108, 132, 160, 178)
    heads = ("项目名称", "单位", "数量", "单价", "金额", "税率", "税额")
    for row, texts in enumerate((heads, *items)):
        for x, text in zip(lefts, texts, strict=True):
            if text:
                page.text(x, 54 + 7 * row, text)
    page.box(8, 96, 194, 10)
    page.text(10, 99, f"价税合计（大写）  {total[0]}")
    page.text(130, 99, f"（小写）{total[1]}")
    page.box(8, 106, 194, 16)
    page.text(10, 108, "备注：样本，不得作为报销凭证")
    page.text(10, 126, "开票人：样本乙")
    page.save(path)
