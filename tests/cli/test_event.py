"""What papers tell, as a person sees it, confirms it, and is told what waits."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

from archiver.catalogue import documents, events
from archiver.cli import place
from archiver.cli.recall import own_file
from archiver.cli.vouch import Summary, Vouching
from archiver.cli.wrap import width
from archiver.custody import party
from archiver.custody.fact import confirm_events
from archiver.declarations.words import speaking
from archiver.repair.check import check
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.cli.players import Player
from tests.worlds import a_vault, drop, ingest

NAME, OTHER = "青梧市华信样本运输有限公司", "云泽样本食品厂"
ORDER = "维修工单\n客户名称：{name}\n维修项目：制动片\n工时：2\n进厂\n出厂\n日期：{day}"
COMPLAINT = "客户投诉单\n客户名称：{name}\n投诉人：样本甲\n投诉内容：异响\n日期：{day}"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vault]:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with a_vault(tmp_path / "vault") as made:
        party.add(made, NAME, kind="customer", aliases=["华信"], codes=[])
        party.add(made, OTHER, kind="customer", aliases=[], codes=[])
        drop(made, "a.txt", ORDER.format(name=NAME, day="2024-05-10"))
        drop(made, "b.txt", ORDER.format(name=NAME, day="2024-06-11"))
        drop(made, "c.txt", COMPLAINT.format(name=OTHER, day="2024年8月2日"))
        ingest(made)
        yield made


def days(vault: Vault) -> dict[str, tuple[date, bool]]:
    with vault.catalogue.read() as tx:
        return {one.id: (one.day, one.confirmed) for one in events.all_events(tx)}


def sit(vault: Vault, *keys: str, size: tuple[int, int] = (80, 24)) -> tuple[Player, Summary]:
    player = Player(list(keys), size)
    ended = Vouching(vault, player).sit()
    assert not check(vault, deep=False, progress=lambda done, of: None)
    return player, ended


def test_one_screen_an_event_one_key_an_answer(vault: Vault) -> None:
    player, ended = sit(vault, "ｙ", "d", ">2024年6月10日", "z", "n")
    assert ended == Summary(confirmed=2, waiting=1)
    first = player.seen(0)
    assert "Event 1 of 3   E000001   confirmed: 0" in first
    assert NAME in first
    assert "“2024-05-10”, page 1" in first
    assert "y  yes: service on 2024-05-10" in first
    assert "E000001 confirmed" in player.seen(1)
    third = player.seen(2)
    assert "E000002 confirmed: service on 2024-06-10" in third
    assert "permanent" in third
    assert "means nothing" in player.seen(3)
    assert list(days(vault).values()) == [
        (date(2024, 5, 10), True),
        (date(2024, 6, 10), True),
        (date(2024, 8, 2), False),
    ]


def test_no_nonsense_is_confirmed(vault: Vault) -> None:
    before = days(vault)
    player, ended = sit(
        vault, *("d", ">", "d", ">gestern", "d", ">2099-01-01", "d", ">04/05/2024", "q")
    )
    assert ended == Summary(0, 3)
    assert days(vault) == before
    seen = "\n".join(map(player.seen, range(len(player.screens))))
    assert "gestern is no date" in seen
    assert "2099-01-01 is still to come" in seen
    assert "04/05/2024 is no date" in seen


def test_who_stops_keeps_what_was_answered(vault: Vault) -> None:
    assert sit(vault, "\r")[1] == Summary(1, 2)
    with pytest.raises(KeyboardInterrupt):
        sit(vault, "y", "^C")
    assert sit(vault, "n", "n")[1] == Summary(0, 1)


def test_what_others_confirm_meanwhile_is_passed_over(vault: Vault) -> None:
    with vault.catalogue.read() as tx:
        waits = events.waiting(tx)

    class Slow(Player):
        def read_key(self) -> str:
            confirm_events(vault, waits)
            return super().read_key()

    ended = Vouching(vault, Slow(["y", "y"])).sit()
    assert ended == Summary(0, 0)


def test_the_place_on_the_page_is_shown_and_not_left_lying(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[Path, bytes]] = []

    def view(path: Path) -> str | None:
        shown.append((path, path.read_bytes()))
        return None

    monkeypatch.setattr(place, "view", view)
    player, _ = sit(vault, "o", "q")
    ((path, content),) = shown
    assert "维修工单" in content.decode(), "a text has no picture: the paper itself"
    assert "".join(str(path).split()) in "".join(player.seen(1).split())
    kept = own_file(vault.layout.root, ".png")
    monkeypatch.setattr(place, "strip", lambda *_, whole: b"whole" if whole else b"strip")
    with vault.catalogue.read() as tx:
        paper = next(iter(documents.all_documents(tx)))
    for whole, drawn in ((False, b"strip"), (True, b"whole")):
        list(place.show_place(vault, paper, (1, (0.1, 0.1, 0.2, 0.2)), kept, whole=whole))
        assert shown[-1] == (kept, drawn)
    sit(vault, "q")
    assert not kept.exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 40])
def test_every_line_fits_the_terminal(vault: Vault, lang: str, columns: int) -> None:
    with speaking(lang):
        player, _ = sit(vault, "o", "n", "n", "o", "d", ">?", "q", size=(columns, 24))
    for screen in player.screens:
        assert max(width(click.unstyle(line)) for line in screen) < columns, screen


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_list_begins_with_what_waits(vault: Vault, capsys: pytest.CaptureFixture[str]) -> None:
    root = vault.layout.root
    assert typed(root, "event", "add", "relationship_ended", OTHER, "--date", "2026-01-02") == 0
    assert typed(root, "event", "confirm", "e000001") == 0
    capsys.readouterr()
    assert typed(root, "event", "list", "--json") == 0
    found = rows(capsys)
    assert [one["event"] for one in found] == ["E000002", "E000003", "E000001", "E000004"]
    assert found[0] == {
        "event": "E000002",
        "type": "service_completed",
        "customer": "C0001",
        "customer_name": NAME,
        "document": found[0]["document"],
        "case": None,
        "date": "2024-06-11",
        "source": "read",
        "confirmed": False,
        "page": 1,
        "box": None,
        "raw": "2024-06-11",
        "void": False,
        "standing": "waits",
    }
    assert typed(root, "event", "list", "--read", "-n", "华信", "--json") == 0
    assert [one["event"] for one in rows(capsys)] == ["E000002"]
    assert typed(root, "event", "list") == 0
    told = capsys.readouterr()
    assert "read, not confirmed" in told.out
    assert "archiver event confirm" in told.err


def test_many_are_confirmed_at_once(vault: Vault, capsys: pytest.CaptureFixture[str]) -> None:
    root = vault.layout.root
    assert typed(root, "event", "confirm", "--customer", "华信", "--json") == 0
    assert [(one["event"], one["confirmed"]) for one in rows(capsys)] == [
        ("E000001", True),
        ("E000002", True),
    ]
    assert typed(root, "event", "confirm", "--all") == 0
    assert "1 event confirmed" in capsys.readouterr().out
    assert typed(root, "event", "confirm", "--all") == 0
    assert "Nothing waits" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say which events"),
        (("E000001", "--all"), "say which events"),
        (("E000009",), "no event E000009"),
        (("E000001", "E000009"), "no event E000009"),
        (("--customer", "niemand"), "no customer"),
    ],
)
def test_what_cannot_be_confirmed_confirms_nothing(
    vault: Vault, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert typed(vault.layout.root, "event", "confirm", *words) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "→" in told
    assert not any(confirmed for _, confirmed in days(vault).values())


def test_confirming_twice_is_told(vault: Vault, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(vault.layout.root, "event", "confirm", "E000001") == 0
    assert typed(vault.layout.root, "event", "confirm", "E000001") == 2
    assert "does not wait" in capsys.readouterr().err


def test_who_asks_is_told_what_waits_and_where(
    vault: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    root = vault.layout.root
    assert typed(root, "retain", "explain", "D000001") == 0
    told = capsys.readouterr().out
    assert "Confirm it with: archiver event confirm" in told
    assert "page 1 of D000001: archiver event confirm E000001" in told
    assert typed(root, "show", "D000001") == 0
    assert "It tells of: E000001, service on 2024-05-10, page 1" in capsys.readouterr().out
    assert typed(root, "show", "D000001", "--json") == 0
    ((shown,),) = ([row] for row in rows(capsys))
    assert [one["event"] for one in shown["events"]] == ["E000001"]  # type: ignore[attr-defined]
    assert typed(root, "status") == 0
    assert "3 events read off papers wait" in capsys.readouterr().out
    assert typed(root, "status", "--json") == 0
    assert rows(capsys)[0]["events_to_confirm"] == 3
    assert typed(root) == 0
    assert "archiver event confirm" in capsys.readouterr().out
    typed(root, "event", "confirm", "--all")
    capsys.readouterr()
    assert typed(root, "retain", "explain", "D000001") == 0
    assert "2030-06-11" in capsys.readouterr().out


def test_what_never_happened_is_proposed_to_a_second_person(
    vault: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    player, ended = sit(vault, "x", ">", "x", ">a survey", "q")
    assert "is void when a second person says yes: archiver act confirm A000001" in player.seen(2)
    assert ended.confirmed == 0
    player, _ = sit(vault, "x", ">again", "q")
    assert "that is proposed already, as A000001" in player.seen(1)
    root = vault.layout.root
    assert typed(root, "event", "void", "E000002", "--reason", "misread", "--json") == 4
    row = json.loads(capsys.readouterr().out)
    assert (row["act"], row["kind"], row["subject"]) == ("A000002", "void_event", "E000002")
    assert row["document"] == "D000002"
    assert typed(root, "event", "void", "E000003", "--reason", "misread") == 4
    assert "archiver act confirm A000003" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("contract_ended", NAME, "--date", "2999-12-31", "--doc", "D000001"), ""),
        (("contract_ended", NAME, "--date", "2020-12-31"), "name the paper it is about with --doc"),
        (("relationship_ended", NAME, "--date", "2020-12-31"), ""),
        (("relationship_ended", NAME, "--date", "2999-12-31"), "is still to come; papers"),
        (("service_completed", NAME, "--date", "2999-12-31"), "is still to come; papers"),
        (("dispute_settled", NAME), ""),
    ],
)
def test_who_enters_what_starts_nothing_is_told(
    vault: Vault, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    """The end of a contract may be planned, and is about one paper."""
    assert typed(vault.layout.root, "event", "add", *words) == 0
    err = capsys.readouterr().err
    assert told in err
    assert ("Note:" in err) == bool(told)
