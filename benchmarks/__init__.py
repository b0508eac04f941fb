"""Benchmarks, run by hand. Each compares our figures with those of another tool in the same run; nothing is asserted."""
