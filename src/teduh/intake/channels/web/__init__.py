"""The report form of the open pages."""
