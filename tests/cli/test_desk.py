"""The review as a person does it: keys in, screens out, papers where they were said to go."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from archiver.catalogue import documents, ledger
from archiver.cli.desk import Desk, Summary
from archiver.cli.wrap import width
from archiver.core.errors import UsageError
from archiver.custody import party
from archiver.repair.check import check
from archiver.review import decide
from archiver.review.decide import queue
from archiver.vault.vault import Vault
from tests.cli.players import Player
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, drop, ingest, papers

NAME = "青梧市华信样本运输有限公司"
OTHER = "青梧市华鑫样本运输有限公司"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vault]:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    with a_vault(tmp_path / "vault") as made:
        yield made


def review(vault: Vault, *typed: str, size: tuple[int, int] = (80, 24)) -> tuple[Player, Summary]:
    player = Player(list(typed), size)
    ended = Desk(vault, player).sit()
    assert not check(vault, deep=True, progress=lambda done, of: None)
    return player, ended


def folders(vault: Vault) -> set[str]:
    return {"/".join(path.split("/")[:2]) for path in papers(vault)}


def test_yes_files_a_proposed_customer_and_its_other_papers(vault: Vault) -> None:
    for name in ("a", "b", "c", "d", "e"):
        drop(vault, f"新店/{name}.txt", CONTRACT.format(name="新店") + name)
    ingest(vault)
    player, ended = review(vault, "ｙ")
    assert ended == Summary(answered=1, followed=4, waiting=0)
    first = player.seen(0)
    assert "Paper 1 of 5   D000001" in first
    assert "y  file it for new customer 新店 as Contract" in first
    assert "新店 is not a known customer" in first
    assert "Number: YB-1" in first
    last = player.seen()
    assert last.count("filed too") == 3
    assert "… and 1 more" in last
    assert folders(vault) == {"新店/合同"}


def test_a_customer_is_found_by_a_part_of_the_name(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE])
    party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name="某某"))
    ingest(vault)
    player, ended = review(vault, "y", "c", ">", "c", ">没有", ">样本运输", ">９", ">２", "q")
    assert ended == Summary(1, 0, 0)
    assert "Nobody is proposed" in player.seen(1)
    assert "Nobody is called 没有" in player.seen(2)
    assert folders(vault) == {f"{OTHER}/合同"}


def test_a_new_customer_comes_with_the_name_read_on_the_paper(vault: Vault) -> None:
    party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", LICENCE)
    drop(vault, "b.txt", LICENCE + "\n第二份")
    ingest(vault)
    player, ended = review(vault, "c", ">n", ">=", "x", ">n", ">", ">ｎ", ">=", "y")
    assert ("Name of the new customer: ", NAME) in player.questions
    assert f"There is somebody with a similar name: {OTHER}" in player.seen(0).replace("\n", "")
    assert ended == Summary(1, 1, 0)
    assert folders(vault) == {f"{NAME}/营业执照"}


def test_a_new_name_that_is_known_is_no_new_customer(vault: Vault) -> None:
    whose = party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name="某某"))
    ingest(vault)
    review(vault, "c", ">华 信 运", ">n", ">华信")
    assert folders(vault) == {f"{NAME}/合同"}
    assert party.directory(vault).resolve("华信") == whose


def test_both_questions_are_asked_before_a_paper_is_filed(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[])
    drop(vault, "a.txt", "今天天气很好")
    ingest(vault)
    player, ended = review(vault, "\r", "t", ">天", ">99", ">投诉", "c", ">华信", ">1")
    assert "say whose it is with c, and what it is with t" in player.seen(1)
    assert "No category is called 天" in player.seen(1)
    assert "Category  Complaint (your choice)" in player.seen(2)
    assert ended == Summary(1, 0, 0)
    assert folders(vault) == {f"{NAME}/投诉"}


def test_a_category_in_doubt_is_chosen_by_number_or_given_up(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[])
    drop(vault, "华信/a.txt", f"{NAME}\n今天天气很好")
    ingest(vault)
    player, ended = review(vault, "y", "t", ">", "t", ">certif", ">1")
    assert "say what it is with t" in player.seen(1)
    assert "  1  Certificate" in player.seen(2)
    assert ended.answered == 1
    assert folders(vault) == {f"{NAME}/证明书"}


def test_enter_does_not_insist_against_the_paper(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
    party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
    drop(vault, f"{OTHER}/a.txt", LICENCE)
    ingest(vault)
    player, ended = review(vault, "\r", "q")
    assert "The paper and its folder disagree" in player.seen(1)
    assert ended.waiting == 1
    player, ended = review(vault, "c", ">2")
    assert f"  1  {OTHER}" in player.seen(0)
    assert folders(vault) == {f"{NAME}/营业执照"}


def test_to_and_fro(vault: Vault) -> None:
    for name in ("甲店", "乙店", "丙店"):
        drop(vault, f"{name}/a.txt", CONTRACT.format(name=name))
    ingest(vault)
    player, ended = review(vault, "b", "s", " ", "b", "\x1b[D", "z", "?", "x", "y", "y", "q")
    headings = [screen for screen in map("\n".join, player.screens) if "Paper" in screen]
    places = [text.partition("Paper ")[2][0] for text in headings]
    assert places == ["1", "1", "2", "3", "2", "1", "1", "1", "2", "3"]
    assert "There is no waiting paper before" in headings[1]
    assert "That key means nothing here" in headings[6]
    assert ended == Summary(2, 0, 1)


def test_why_is_shown_a_screen_at_a_time(vault: Vault) -> None:
    drop(vault, "a.txt", LICENCE)
    ingest(vault)
    player, _ = review(vault, "w", *"xxxx", "q", size=(80, 8))
    asides = [screen for screen in player.screens if screen[-1].startswith("Any key")]
    assert len(asides) == 4
    assert all(len(screen) <= 8 for screen in asides)
    told = "\n".join(map("\n".join, asides))
    assert "stands in a heading" in told
    assert f"Credit code: {CODE} (page 1" in told


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_nothing_is_wider_than_the_terminal(vault: Vault, columns: int) -> None:
    drop(vault, "a.txt", LICENCE)
    drop(vault, f"{OTHER}/很长的文件名{'长' * 40}.txt", CONTRACT.format(name=OTHER))
    ingest(vault)
    player, _ = review(vault, "?", "x", "s", "w", "x", size=(columns, 60))
    plain = [click.unstyle(line) for screen in player.screens for line in screen]
    assert [line for line in plain if width(line) >= columns] == []


def test_looking_at_a_paper_is_written_down(vault: Vault) -> None:
    drop(vault, "a.txt", LICENCE)
    ingest(vault)
    player, _ = review(vault, "o")
    assert "There is no desktop here" in player.seen(1)
    with vault.catalogue.read() as tx:
        assert any('"how":"open"' in line for line in ledger.lines(tx, after=0))


def test_what_others_decided_meanwhile_is_passed_over(vault: Vault) -> None:
    for name in ("甲店", "乙店"):
        drop(vault, f"{name}/a.txt", CONTRACT.format(name=name))
    ingest(vault)
    first, second = queue(vault)
    player = Player(["s", "y"])
    desk = Desk(vault, player)
    decide.accept(vault, second)
    assert desk.sit() == Summary(0, 0, 1)
    assert f"{second.id} was decided meanwhile" in player.seen()
    player = Player(["y"])

    def colleague() -> str:
        decide.accept(vault, first)
        return "y"

    player.read_key = colleague  # type: ignore[method-assign]
    assert Desk(vault, player).sit() == Summary(0, 0, 0)
    assert f"{first.id} was decided meanwhile" in player.seen()


def test_the_same_file_is_folded_and_told(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[])
    drop(vault, "华信/a.txt", CONTRACT.format(name="某某"))
    ingest(vault)
    drop(vault, "别处/a.txt", CONTRACT.format(name="某某"))
    ingest(vault)
    player, ended = review(vault, "c", ">华信", ">1")
    assert ended == Summary(1, 0, 0)
    assert "D000002 is the same file as D000001" in player.seen()


def test_a_refusal_is_told_and_the_review_goes_on(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(vault, "新店/a.txt", CONTRACT.format(name="新店"))
    ingest(vault)

    def refuse(*_: object) -> None:
        raise UsageError("it cannot be {what}", hint="do {what} else", what="so")

    monkeypatch.setattr("archiver.cli.desk.assign", refuse)
    player, ended = review(vault, "y", "q")
    assert "it cannot be so\ndo so else" in player.seen(1)
    assert ended == Summary(0, 0, 1)


def test_an_interrupted_review_keeps_what_was_answered(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.cli.desk._BATCH", 1)
    for name in ("甲店", "乙店"):
        drop(vault, f"{name}/a.txt", CONTRACT.format(name=name))
    ingest(vault)
    with pytest.raises(KeyboardInterrupt):
        review(vault, "y", "^C")
    assert not check(vault, deep=True, progress=lambda done, of: None)
    assert len(queue(vault)) == 1
    assert "甲店/合同" in folders(vault)


def test_photographs_of_one_paper_are_joined_with_a_key(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
    pages = (f"采购合同\n甲方：{NAME}\n乙方：样本\n本合同", "第三条 交货", "第九条 附则")
    for number, text in enumerate(pages, start=3001):
        drop(vault, f"IMG_{number}.gif", f"GIF89a\n{text}")
    drop(vault, "other.txt", "today is a fine day")
    ingest(vault)
    player, ended = review(vault, "j", "j", "q")
    assert "IMG_3001.gif … IMG_3003.gif may be the 3 pages of one paper: j joins them." in (
        player.seen(0)
    )
    assert "3 files are one document now" in player.seen(1)
    assert "No other photographs seem to belong to it." in player.seen(2)
    assert ended.waiting == 1
    assert len([path for path in papers(vault) if path.startswith(f"{NAME}/合同/")]) == 3


def test_the_evidence_is_told_in_words(vault: Vault) -> None:
    drop(vault, "新店/a.txt", f"{LICENCE}\n营业期限 长期\n车牌号 沪A12345")
    ingest(vault)
    player, _ = review(vault, "w", " ", "q")
    told = player.seen(1)
    assert "without end" in told
    assert "check digit is right" in told or "label " in told
    assert not re.search(r"[a-z]+_[a-z]+|long-term", told)


def test_a_value_is_corrected_and_may_answer_everything(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name=NAME.replace("信", "倍")))
    ingest(vault)
    keys = ("e", ">", "e", ">99", "e", ">1", ">", "e", ">1", f">{NAME}")
    player, ended = review(vault, *keys)
    assert "  1  Company name: 青梧市华倍样本运输有限公司" in player.seen(0)
    assert ended == Summary(1, 0, 0)
    assert folders(vault) == {f"{NAME}/合同"}
    assert "Corrected." in player.seen()


def test_what_cannot_be_a_value_is_told(vault: Vault) -> None:
    drop(vault, "a.txt", CONTRACT.format(name="某某"))
    ingest(vault)
    player, ended = review(vault, "e", ">", "q")
    listed = [line.split() for line in player.seen(0).splitlines() if "Issued on" in line]
    player, ended = review(vault, "e", f">{listed[-1][0]}", ">2024-02-30", "q")
    assert "2024-02-30 cannot be the value of issue_date" in player.seen(1)
    assert ended == Summary(0, 0, 1)


def test_several_who_may_be_meant_stand_side_by_side(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name=NAME).replace("乙方：样本", f"乙方：{OTHER}"))
    ingest(vault)
    player, _ = review(vault, "q")
    assert "Whose it may be:" in player.seen(0)
    for name in (NAME, OTHER):
        assert f"{name}: " in player.seen(0)


def test_a_copy_of_a_filed_paper_says_whose_that_is(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
    text = CONTRACT.format(name=NAME)
    drop(vault, "a.txt", text)
    ingest(vault)
    drop(vault, f"{OTHER}/a.txt", text)
    ingest(vault)
    player, _ = review(vault, "c", ">", "q")
    assert f"It is the very same file as D000001 of {NAME}." in "".join(
        player.seen(0).replace("\n  ", " ")
    )
    assert f"  1  {NAME}" in player.seen(0)


def test_what_was_typed_to_search_is_no_name(vault: Vault) -> None:
    drop(vault, "a.txt", "今天天气很好")
    ingest(vault)
    player, ended = review(vault, "c", ">华", ">n", ">=", ">", "q")
    assert ("Name of the new customer: ", "") in player.questions
    assert ended == Summary(0, 0, 1)


def test_a_value_that_is_only_looked_at_stays(vault: Vault) -> None:
    drop(vault, "a.txt", f"{LICENCE}\n营业期限 长期")
    ingest(vault)
    player, _ = review(vault, "e", ">", "q")
    listed = [line.split() for line in player.seen(0).splitlines() if "without end" in line]
    player, _ = review(vault, "e", f">{listed[-1][0]}", ">=", "q")
    assert player.questions[-1][1] == "long-term"
    with vault.catalogue.read() as tx:
        (paper,) = documents.all_documents(tx)
        found = {one.name: one.value for one in documents.fields_of(tx, paper.id)}
    assert found["expiry_date"] == "long-term"
