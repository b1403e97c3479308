"""Pages of the room services."""
