"""The front door: click, words, exit codes."""
