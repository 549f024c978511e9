"""Repeatable measurements: each prints the machine, its figures, and the ratio to the target."""
