"""The papers a person must decide."""
