"""Pages of the room conferences."""
