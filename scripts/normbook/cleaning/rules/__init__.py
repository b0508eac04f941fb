"""The cleaning rules, one module per kind of problem."""
