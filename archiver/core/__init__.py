"""Values, periods, dates, names and proofs: what every other floor speaks in."""
