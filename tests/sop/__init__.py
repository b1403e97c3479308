"""Tests of the room sop."""
