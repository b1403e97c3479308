"""Ways in: each holds its pages in a folder of its own (docs/channels.md)."""

KINDS = (  # one line for each folder
    "responder",
    "web",
    "whatsapp",
)
