"""Pages of a conversation."""
