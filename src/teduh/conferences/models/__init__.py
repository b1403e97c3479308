"""Tables of the room conferences."""
