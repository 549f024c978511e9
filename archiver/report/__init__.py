"""Reads everything, decides nothing: account, status, the periodic report."""
