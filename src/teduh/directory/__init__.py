"""Where help is and who gives it: areas, ways to reach the office, helpers and their cards.

Reference data lies in data/ as csv and toml with source and date; a city loads its own.
"""
