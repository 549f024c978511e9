"""What the months are called in the languages of the papers."""

MONTHS = (
    "january jan januar januari janvier enero gennaio janeiro jänner",
    "february feb februar februari février fevrier febrero febbraio fevereiro févr",
    "march mar märz maerz maart mars marzo março marco mrt",
    "april apr avril abril aprile avr",
    "may mai mei mayo maggio maio",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho juil",
    "august aug augustus août aout agosto",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro déc",
)
"""Each month in English, German, Dutch, French, Spanish, Italian and Portuguese; short forms."""
BY_NAME = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
NAMES = "|".join(sorted(BY_NAME, key=len, reverse=True))
"""Alternatives of a regular expression, longest first."""
