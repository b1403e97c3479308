"""Measurements of speed and size, each row with its target (scripts/bench)."""
