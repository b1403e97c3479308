"""What the law asks of what is kept: for how long, what a survivor
may ask of it, who else reads it by consent, what leaked.
"""
