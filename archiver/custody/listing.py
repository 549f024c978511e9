"""What a manifest says, for who writes it and who compares it."""

from collections.abc import Iterable


def manifest_text(papers: Iterable[tuple[str, str]]) -> str:
    """The manifest of a folder with these papers (name, digest), in BagIt's form."""
    return "".join(sorted(f"{digest}  {name}\n" for name, digest in papers))
