"""The customers whose papers are kept."""
