"""Mutation testing: the code is made wrong in one place at a time, and a test must notice."""
