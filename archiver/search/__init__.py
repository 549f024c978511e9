"""Finding papers: the query language and the engines. Whoosh lives here alone."""
