"""Sealed things: keys, envelopes, wraps, and who may be handed what (docs/sealing.md)."""
