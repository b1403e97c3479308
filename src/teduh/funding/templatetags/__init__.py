"""Tags of the room funding."""
