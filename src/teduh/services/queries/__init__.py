"""Reading in the room services; a file for each part."""
