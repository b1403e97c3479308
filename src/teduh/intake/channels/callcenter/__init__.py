"""The call centre 112: a short form behind a link of its own, sealed to the office."""
