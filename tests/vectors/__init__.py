"""Fixed examples of every sealed format, read by the tests of both languages."""
