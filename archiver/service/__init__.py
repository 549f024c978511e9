"""The resident part: watch and its schedule."""
