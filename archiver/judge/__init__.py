"""Retention as a pure function: events, rules, day → state, dates, reasons."""
