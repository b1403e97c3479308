"""What the law asks of what is kept: for how long, what a survivor may ask of it, what leaked."""
