"""Programs to run by hand: randomised stress tests and measurements. Tests run the same code with small numbers.

Tests may import from here; nothing here imports a test.
"""
