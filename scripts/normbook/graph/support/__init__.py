"""Whether quoted words support a value: one module for each kind of claim, and the verdicts over all of them."""
