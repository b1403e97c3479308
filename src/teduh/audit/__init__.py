"""Who did what, when: a chained trail that only grows.

Here: the rows of the trail, the lock that keeps them in one line, the proof. The page that shows
them needs rights, so it lives in `access`.
"""
