"""Pages of this way in: the field page, and the cards that may sign on it."""
