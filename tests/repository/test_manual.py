"""The manual is a book: every page is in its contents, and no link leads nowhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").glob("*.md")))


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """The file and the heading that each link of a page leads to; not those to other sites."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            name, _, heading = target.partition("#")
            yield (page.parent / name if name else page), heading


def headings(page: Path) -> set[str]:
    """What the headings of a page are called in links, as forges make it."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    kept = ("".join(c for c in one.lower() if c.isalnum() or c in " -_") for one in found)
    return {one.replace(" ", "-") for one in kept}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, heading in links(page):
        assert target.exists(), target
        assert not heading or heading in headings(target), f"{target}#{heading}"


def test_the_contents_name_every_page_once() -> None:
    contents = ROOT / "docs" / "README.md"
    named = [target.name for target, _ in links(contents) if target.parent == contents.parent]
    assert sorted(named) == sorted(page.name for page in PAGES[2:] if page != contents)
