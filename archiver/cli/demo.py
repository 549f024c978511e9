"""`archiver demo`: the whole story on the sample vault, with the very commands a clerk types."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import click

from archiver.cli.door import located
from archiver.cli.output import say
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.declarations.codes import STATES, called
from archiver.declarations.sample import Firm, SampleParty, read_firm
from archiver.declarations.shipped import shipped
from archiver.declarations.words import language, translate
from archiver.vault.layout import Layout

_BRANCH, _LAST, _PIPE = "├─ ", "└─ ", "│  "


@spoken(
    N_("Take the sample firm's papers in and show the tree, searches, queues, plan and account."),
    exits="0 2 9",
    any_vault=False,
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def command(folder: Path | None) -> None:
    """The whole story."""
    begun = time.perf_counter()
    root = located(folder or Path(tempfile.mkdtemp(prefix="archiver-demo-")) / "vault")
    sample = shipped("sample_vault")
    firm = read_firm(sample)
    run = _Runner(root)
    _found(run, firm)
    shutil.copytree(sample / "inbox", Layout(root).inbox, dirs_exist_ok=True)
    run(N_("2  Everything in the inbox is read, recognised and filed"), "ingest", shown=False)
    _tree(Layout(root).customers)
    for search in firm.search:
        title = search.title.said(language())
        run(N_("3  Search: {title}"), "search", *search.arguments, title=title)
    run(N_("4  What a person must decide"), "review", "list")
    for pages in run.series():
        run(N_("   … four photographs are the pages of one contract"), "document", "join", *pages)
    run(N_("5  What could not be taken in, and why"), "quarantine", "list")
    run(
        N_("6  How long everything is kept (nothing is ever destroyed by itself)"), "retain", "plan"
    )
    _keeping(run, run.one_of_each_state())
    run(
        N_("   … what papers say has happened, until a person says yes"),
        *("event", "list", "--read"),
    )
    run(N_("7  Is everything there, unaltered?"), "check", "--deep")
    run(N_("   The ledger proves it"), "ledger", "verify")
    run(N_("8  Every file accounted for"), "account")
    run(N_("9  The report for audit"), "report")
    say(
        N_("\nDone in {seconds} s. Everything lies in {root}"),
        seconds=round(time.perf_counter() - begun),
        root=root,
    )
    say(N_("Look around: archiver --vault {root} status"), root=root)


def _keeping(run: "_Runner", papers: Mapping[str, str]) -> None:
    """Why a paper of each state is kept; how a hold stops disposal; that nothing goes in haste."""
    for state, document in papers.items():
        run(
            N_("   … and why: {state}"),
            *("retain", "explain", document),
            state=called(STATES, state),
        )
    held = papers.get("RETAINED")
    if held:
        reason = translate(N_("preservation of evidence"))
        run(
            N_("   … a court wants one kept, whatever the rules say"),
            *("hold", "place", "--doc", held, "--reason", reason, "--authority", "court"),
        )
        run(N_("   … and why: {state}"), "retain", "explain", held, state=translate(N_("held")))
    due = papers.get("DUE")
    if due:
        run(N_("   … nobody can just delete one that is due"), "document", "delete", due)
        run(N_("   … and one that came in today cannot go yet"), "retain", "appraise", due)


class _Runner:
    """Runs commands of this program as a person would, and shows what was typed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, heading: str, *words: str, shown: bool = True, **facts: str) -> int:
        """One step: a heading, the command line, what it prints; gives its exit code."""
        click.echo()
        click.secho(translate(heading).format(**facts), bold=True)
        click.secho(f"$ archiver {' '.join(words)}", dim=True)
        sys.stdout.flush()
        return self.quietly(*words, shown=shown)

    def quietly(self, *words: str, shown: bool = False) -> int:
        """The command alone; its data is shown or thrown away, its talk is always shown."""
        return self._run(words, None if shown else subprocess.DEVNULL, None).returncode

    def one_of_each_state(self) -> Mapping[str, str]:
        """State of retention → the first paper of the plan that is in it."""
        found: dict[str, str] = {}
        plan = self._run(("retain", "plan", "--json"), subprocess.PIPE, subprocess.DEVNULL).stdout
        for line in plan.splitlines():
            paper = json.loads(line)
            found.setdefault(paper["state"], paper["document"])
        return found

    def series(self) -> list[list[str]]:
        """The photographs that may be pages of one paper."""
        found = self._run(
            ("document", "join", "--json"), subprocess.PIPE, subprocess.DEVNULL
        ).stdout
        return [json.loads(line)["documents"] for line in found.splitlines()]

    def _run(
        self, words: Sequence[str], output: int | None, talk: int | None
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "archiver.cli.app", "--vault", str(self.root)]
        return subprocess.run(  # noqa: S603 - our own program
            [*command, "--lang", language(), *words],
            stdout=output,
            stderr=talk,
            env={**os.environ, "COLUMNS": os.environ.get("COLUMNS", "80")},
            encoding="utf-8",
            check=False,
        )


def _found(run: _Runner, firm: Firm) -> None:
    """Make the vault, its customers and what happened to them.

    Raises:
        Exit: the folder is no place for a vault: what lies there is left alone.
    """
    refused = run(
        N_("1  A vault is made, and the firm's customers are known"),
        *("init", str(run.root), "--lang", language()),
    )
    if refused:
        raise click.exceptions.Exit(refused)
    for party in firm.customer:
        run.quietly("customer", "add", party.name, *_options(party))
    run.quietly("customer", "add", firm.own.name, *_options(firm.own))
    for event in firm.event:
        day = date.today() - timedelta(days=event.days_ago)  # noqa: DTZ011 - only a demonstration
        run.quietly("event", "add", event.type, event.customer, "--date", day.isoformat())
    run.quietly("customer", "list", shown=True)


def _options(party: SampleParty) -> list[str]:
    known = [f"--alias={one}" for one in party.aliases] + [f"--code={one}" for one in party.codes]
    return [f"--kind={party.kind}", *known]


def _tree(folder: Path, lead: str = "") -> None:
    """The filed papers as a tree, without the derived files among them."""
    found = sorted(p for p in folder.iterdir() if p.suffix != ".jsonl" and "manifest" not in p.name)
    for path in found:
        last = path == found[-1]
        click.echo(f"{lead}{_LAST if last else _BRANCH}{path.name}")
        if path.is_dir():
            _tree(path, lead + ("   " if last else _PIPE))
