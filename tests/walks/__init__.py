"""Stories of people, walked in a real browser through the running office."""
