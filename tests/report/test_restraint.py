"""Holds, incidents and requests for erasure in the report."""

from datetime import date
from pathlib import Path

from archiver.core.model import CustomerId
from archiver.custody.erasure import request
from archiver.custody.hold import place
from archiver.custody.witness import inspected
from archiver.report.lists import Lists
from archiver.report.values import read_values, values_text
from tests.report.firm import gathered, world


def test_holds_and_incidents_are_told(tmp_path: Path) -> None:
    """What stops disposal, how long it has, and what somebody must decide."""
    with world(tmp_path / "vault") as vault:
        quiet = gathered(vault)
        paper = next(one for one in quiet.papers if one.state == "PERMANENT")
        day = quiet.cover.as_of
        place(vault, "document", paper.id, reason="x", authority="某处", review_on=day)
        late = date.fromordinal(day.toordinal() - 1)
        place(vault, "query", "NOT 不存在", reason="x", authority="court", review_on=late)
        inspected(vault, [], (("altered", paper.id),), deep=True)
        request(vault, CustomerId(paper.customer))
        values = gathered(vault)
    told = {one.because.code: dict(one.because.facts) for one in values.findings}
    assert told["holds_overdue"] == {"count": "1", "holds": "H0002"}
    assert told["incidents_open"] == {"count": "1"}
    asked = sum(one.customer == paper.customer and one.state != "DUE" for one in values.papers)
    assert told["erasure_undecided"] == {"count": str(asked)}
    known = {one.because.code for one in quiet.findings}
    assert not known & {"holds_overdue", "incidents_open", "erasure_undecided"}
    rows = Lists(values).holds().rows
    assert [row[:5] for row in rows] == [
        ("H0001", "document", paper.id, 1, "某处"),
        ("H0002", "query", "NOT 不存在", len(values.papers), "court"),
    ]
    assert read_values(values_text(values)) == values
