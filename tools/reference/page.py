"""The whole page, part after part."""

from archiver.cli.speech import speak
from tools.reference import codes, commands, declared, listings

_HEAD = """\
# Reference

Every command, option, key, code and setting. This page is made from the program by
`make reference`; a test compares them. How to do something stands in the
[pages for each task](README.md).
"""


def page() -> str:
    """The text of `docs/reference.md`, the same whenever it is made."""
    speak("en")
    found = listings.gather()
    parts = (
        ("Commands", commands.told()),
        ("Keys of `--json`", listings.told(found)),
        ("Exit codes", codes.exits()),
        ("Settings", declared.settings()),
        ("Roles", codes.roles()),
        ("Categories", declared.categories()),
        ("Fields", declared.fields()),
        ("Fields of a query", declared.findable()),
        ("Events", codes.events()),
        ("Other codes", codes.others()),
        ("Reason codes", codes.reasons()),
    )
    contents = "\n".join(f"- [{_plain(title)}](#{_anchor(title)})" for title, _ in parts)
    told = "\n".join(f"## {title}\n\n{text}" for title, text in parts)
    return f"{_HEAD}\n{contents}\n\n{told}"


def _plain(title: str) -> str:
    return title.replace("`", "")


def _anchor(title: str) -> str:
    """What the heading is called in a link, as forges make it."""
    kept = (sign for sign in title.lower() if sign.isalnum() or sign in " -")
    return "".join(kept).replace(" ", "-")
