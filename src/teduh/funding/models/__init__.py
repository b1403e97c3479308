"""Tables of the room funding."""
