"""Writing in the room funding; a file for each part."""
