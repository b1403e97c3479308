"""Somebody comes to the office: told in the room, kept and locked also while the network is down."""
