"""Bytes, claims, intents and durable text files."""
