"""Reads everything, decides nothing: account, status."""
