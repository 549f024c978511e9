"""Makes `archiver/search/traditional.txt`: `python -m tools.traditional FOLDER`.

FOLDER is the `dictionary` of OpenCC (Apache License 2.0), as the package
opencc-python-reimplemented carries it: `STCharacters.txt` and `TSCharacters.txt`. Of its pairs
those are taken whose simplified character is in GB 2312, the set that printed papers keep to; and
of several traditional forms, beside the first, those among the frequent characters of Big5.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "archiver" / "search" / "traditional.txt"
_WIDTH = 48
"""Characters of a line."""
_RARE = "閤"


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    forms: dict[str, dict[str, None]] = {}
    for simple, traditional in _pairs(folder / "STCharacters.txt"):
        forms.setdefault(simple, {}).update(dict.fromkeys(traditional))
    for traditional, simple in _pairs(folder / "TSCharacters.txt"):
        forms.setdefault(simple[0], {})[traditional] = None
    lines = [""]
    for simple, found in sorted(forms.items()):
        first = next(iter(found))
        kept = [one for one in found if one in {first, simple} or _frequent(one)]
        if _common(simple) and kept != [simple]:
            entry = simple + "".join(kept)
            joined = f"{lines[-1]} {entry}".strip()
            lines = [*lines[:-1], joined] if len(joined) <= _WIDTH else [*lines, entry]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pairs(path: Path) -> Iterator[tuple[str, list[str]]]:
    """A character, and those it may stand for, the likeliest first."""
    for line in path.read_text(encoding="utf-8").splitlines():
        sign, _, others = line.partition("\t")
        if others:
            yield sign, others.split()


def _common(sign: str) -> bool:
    return bool(sign.encode("gb2312", "ignore"))


def _frequent(sign: str) -> bool:
    """Level 1 of Big5 ends with the lead byte C6; what stands in it and is rare is named."""
    return sign not in _RARE and b"" < sign.encode("big5", "ignore")[:1] <= b"\xc6"


if __name__ == "__main__":
    main()
