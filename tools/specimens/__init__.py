"""Draws the sample vault: an invented firm, its customers and their papers, all marked 样本."""
