"""A conversation: begun with one question, answered from the counsellor's desk."""
