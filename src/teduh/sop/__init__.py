"""Promises in time: procedures as data, due times, misses and who hears of them."""
