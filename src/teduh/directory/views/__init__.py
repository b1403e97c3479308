"""Pages of the directory: channels, and helpers with their cards."""
