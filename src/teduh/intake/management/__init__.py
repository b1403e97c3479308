"""Work of this room that is started at the console."""
