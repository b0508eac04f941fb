"""Benchmarks, run by hand: every figure beside a peer's in the same run. They assert nothing."""
