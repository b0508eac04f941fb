"""Programs run by hand: campaigns that attack the project at random, and measurements of it. Tests use the same code with small numbers.

Tests may import from here; nothing here imports a test.
"""
