"""`archiver clock`: the last day known here, and a clock that does not fit it."""

from datetime import datetime

import click

from archiver.cli.agreed import tell_proposed
from archiver.cli.day import DAY
from archiver.cli.door import leave, opened, with_form
from archiver.cli.output import Form, paragraph, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_, ExitCode
from archiver.custody.act import propose
from archiver.custody.clock import BEHIND, Reading, clock_day, read_clock
from archiver.declarations.words import translate
from archiver.intake.publish import publish

_BEHIND = N_(
    "The clock of this computer shows {shown}, which is before the last day known here ({trusted})."
    " Papers are taken in under that day, and nothing may leave. Set the clock right. If it is"
    " right and the last known day is not, two people lower that:"
    " archiver clock reset DAY --reason TEXT"
)
_AHEAD = N_(
    "The clock of this computer shows {shown}, {days} days after the last day known here"
    " ({trusted}). Nobody used the archive for so long, or the clock is wrong. Papers are taken in"
    " under the last known day, and nothing may leave. If the clock is right, two people say so:"
    " archiver clock confirm --reason TEXT. If it is not, set it right."
)


_FITS = N_(
    "Note: the clock shows {shown}, which fits the last day known here. Lowered to {day}, that day"
    " follows the clock again at once. If the clock is wrong, set it right first."
)
_STRAYS = N_(
    "Note: the clock shows {shown}, which fits the last day known here. Lowered to {day}, the clock"
    " is more than {most} days ahead, and nothing may leave until two people believe it. If the"
    " clock is wrong, set it right first."
)


def astray(reading: Reading) -> str | None:
    """What is wrong with the clock and what to do, in the reader's language; None when it fits."""
    if reading.anomaly is None:
        return None
    told = _BEHIND if reading.anomaly == BEHIND else _AHEAD
    days = abs((reading.shown - reading.trusted).days)
    return translate(told).format(shown=reading.shown, trusted=reading.trusted, days=days)


@spoken(
    N_("The last day known here, what the clock says, and what to do when these do not fit."),
    exits="4",
)
@with_form
def show(form: Form) -> None:
    """The clock."""
    with opened() as vault, vault.catalogue.read() as tx:
        reading, most = read_clock(vault, tx), vault.settings.clock.most
    told, since = astray(reading), reading.since
    row = {
        "trusted_day": reading.trusted.isoformat(),
        "clock_day": reading.shown.isoformat(),
        "anomaly": reading.anomaly,
        "since": since.isoformat(timespec="seconds") if since else None,
        "max_unattended_days": most,
    }
    if form is not Form.TABLE:
        rows(form, (), [row])
    elif told is None:
        say(N_("Last day known here: {trusted_day}; the clock shows {clock_day}: it fits."), **row)
    else:
        paragraph(told)
        if since:
            say(N_("First act under this clock: {since}"), since=row["since"])
    leave([ExitCode.PERSON_NEEDED] if told else [])


@spoken(
    N_(
        "Propose to believe a clock that is far ahead: the archive was not used for so long.\n"
        "A second person must confirm it with archiver act confirm. Then the last known day"
        " follows the clock; papers that came since it jumped count as received on that day."
    ),
    exits="4 6 8",
)
@click.option("--reason", help=N_("why the clock is right, in a sentence"))
@with_form
def confirm(form: Form, *, reason: str | None) -> None:
    """Propose to believe it."""
    with working() as vault:
        act = propose(vault, "confirm_clock", clock_day(vault).isoformat(), reason)
        publish(vault)
    tell_proposed(
        act,
        form,
        N_("The clock is believed when a second person says yes: archiver act confirm {act}"),
    )


@spoken(
    N_(
        "Propose to lower the last known day to DAY: a wrong clock was believed.\n"
        "A second person must confirm it with archiver act confirm. Then the clock is read again;"
        " reviews and approvals are void, and later days of receipt, inspection, release and"
        " notice become that day."
    ),
    exits="4 6 8",
)
@click.argument("day", type=DAY, metavar="DAY")
@click.option("--reason", help=N_("what happened, in a sentence"))
@with_form
def reset(day: datetime, form: Form, *, reason: str | None) -> None:
    """Propose to lower the trusted day."""
    with working() as vault:
        act = propose(vault, "clock_reset", day.date().isoformat(), reason)
        publish(vault)
        with vault.catalogue.read() as tx:
            reading, most = read_clock(vault, tx), vault.settings.clock.most
    if reading.anomaly is None:
        far = (reading.shown - day.date()).days > (most or 0) > 0
        talk(_STRAYS if far else _FITS, shown=reading.shown, day=day.date().isoformat(), most=most)
    tell_proposed(
        act,
        form,
        N_("{subject} counts when a second person says yes: archiver act confirm {act}"),
    )


command = Family(N_("The clock and the last day known here"), (show, confirm, reset))
