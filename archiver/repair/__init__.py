"""Completeness: check, reindex, recover."""
