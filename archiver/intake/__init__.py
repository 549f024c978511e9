"""A dropped file's way into the vault."""
