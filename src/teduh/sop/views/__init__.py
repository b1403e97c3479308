"""Pages: the board of promises, and the procedure in all its versions."""
