"""Messages on their way out: codes and links, never a story.

Here: the queue, the neutral texts, the ways out. An address lies encrypted under a key outside the
database and is erased on delivery or after 24 hours, whichever comes first.
"""
