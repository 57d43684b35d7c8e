"""Benchmark of SafeSchedule and its peers: ``python -m benchmarks``; see README.md."""
