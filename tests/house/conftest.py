"""What the tests of the whole house have in common: a place in which every address has its object."""

from tests.house.urls.place import place

__all__ = ["place"]
