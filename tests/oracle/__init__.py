"""The real archive in the hands of a case file: every step is an act that a command calls."""
