"""Tables of the room services."""
