"""Writing what was decided about what is kept; a file for each part."""
