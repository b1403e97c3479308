"""Help given or arranged: what partners do for a survivor, and whether it really began."""
