"""Reading in the room conferences; a file for each part."""
