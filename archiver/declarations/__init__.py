"""What the vault declares: rules/ (what must be kept) and index/ (what must be findable)."""
