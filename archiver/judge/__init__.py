"""Retention as a pure function: rules, events, contexts, holds, day → state, dates, reasons."""
