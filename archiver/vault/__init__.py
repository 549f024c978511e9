"""Opens a vault: layout, settings, engines made on first use."""
