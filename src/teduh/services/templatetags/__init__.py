"""Components of the room services."""
