"""Sealed messages between the office and the holder of a ticket."""
