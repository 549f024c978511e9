"""The only acts on a document: each is disk plus one transaction."""
