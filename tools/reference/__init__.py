"""`docs/reference.md`, made from the program itself."""
