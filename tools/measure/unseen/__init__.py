"""A measure on documents that nobody wrote rules beside: drawn by a seed from public repositories, their texts never kept here.

`recipe.toml` says which repositories, commits and paths a cell of the grid (genre and language) draws from; it was committed before the
normaliser first read a document. `gold/` holds what is right for each: line numbers, sums, dates and counts.
"""
