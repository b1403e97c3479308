"""Small tools with no opinion about our work: time, codes, actors, code lists, the file store."""
