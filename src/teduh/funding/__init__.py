"""Money for the work: what was planned, committed, spent and given back."""
