"""`show` tells what a paper has to do with others: its batch, its rescans, what replaced it."""

import json
from pathlib import Path

from tests.cli.shell import NAME, Shell
from tests.reading.papers import Sheet, pdf_of, words
from tests.worlds import CODE, LICENCE

BATCH = '[[batch]]\nfolder = "扫描仪"\nsplit = ["blank"]\n'


def test_batches_and_replaced_licences_are_told(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell("init", str(shell.vault), "--lang", "zh").returncode == 0
    with (shell.vault / ".archiver" / "vault.toml").open("a", encoding="utf-8") as file:
        file.write(BATCH)
    assert shell("customer", "add", NAME, "--code", CODE).returncode == 0
    shell.drop("1.txt", f"{LICENCE}\n发证日期 2015年3月1日")
    shell.drop("2.txt", f"{LICENCE}\n发证日期 2019年4月2日")
    sheets = [words("First paper of the stack"), "", words("Second paper"), words("Its end")]
    shell.drop("扫描仪/stack.pdf", pdf_of([Sheet(one) for one in sheets]))
    (whole,) = [one for one in shell.rows("ingest") if str(one["source"]).endswith("stack.pdf")]
    parts = whole["parts"]
    assert isinstance(parts, list)
    assert [one["pages"] for one in parts] == [1, 2]
    assert [one["name"] for one in shell.rows("customer", "list")] == [NAME]
    second = parts[1]["document"]
    told = json.loads(shell("show", second, "--json").stdout)
    assert told["came_in"]["pages"] == "3-4"
    assert told["came_in"]["source"] == "扫描仪/stack.pdf"
    assert told["links"] == []
    assert "stack.pdf, pages 3-4" in shell("show", second).stdout
    assert "stack.pdf，第 3-4 页" in shell("show", second, lang="zh").stdout
    older, newer = "D000001", "D000002"
    (link,) = json.loads(shell("show", older, "--json").stdout)["links"]
    assert (link["kind"], link["document"], link["day"]) == ("replaced_by", newer, "2019-04-02")
    assert (link["equal"], link["bits"]) == (None, None)
    assert f"It replaced {older}" in shell("show", newer).stdout
    assert "已被 2019-04-02" in shell("show", older, lang="zh").stdout
