"""What keeps the plan of the house: files, words, addresses, fields."""
