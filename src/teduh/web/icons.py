"""The small drawings of our pages: outlines on a grid of 24, drawn by hand for Teduh."""

ICONS: dict[str, str] = {
    "shade": '<path d="M3 11a9 8 0 0 1 18 0c-1.5-1.3-3-1.3-4.5 0-1.5-1.3-3-1.3-4.5 0-1.5-1.3-3-1.3-4.5 0-1.5-1.3-3-1.3-4.5 0Z"/><path d="M12 11v10"/>',
    "phone": '<path d="M6 3h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 12l5 2v3a3 3 0 0 1-3 3A14 14 0 0 1 4 6a3 3 0 0 1 2-3Z"/>',
    "eye": '<path d="M2 12c4-8 16-8 20 0-4 8-16 8-20 0Z"/><circle cx="12" cy="12" r="3"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "unlock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V7a4 4 0 0 1 7.5-2"/>',
    "hand": '<path d="M12 20s-8-4.5-8-10.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15.5 12 20 12 20Z"/>',
    "ask": '<path d="M4 5h16v11h-8l-5 4v-4H4Z"/><path d="M10 9.2a2 2 0 1 1 2.6 2c-.4.2-.6.5-.6 1"/><path d="M12 14v.1"/>',
    "pen": '<path d="m4 20 1-4L16 5l3 3L8 19Z"/><path d="m14 7 3 3"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-8 12-8 12 0"/><path d="M16 5a3.5 3.5 0 0 1 0 6.5M18 14c2 .8 3 3 3 6"/>',
    "young": '<circle cx="12" cy="7" r="3"/><path d="M7 20v-3a5 5 0 0 1 10 0v3M3 20h18"/>',
    "ticket": '<path d="M3 7h18v4a1.5 1.5 0 0 0 0 3v4H3v-4a1.5 1.5 0 0 0 0-3Z"/><path d="M14 7v11" stroke-dasharray="2 2.5"/>',
    "broom": '<path d="m14 4-4 9M6 13h9l2 7H4Z"/><path d="M8 20l.5-3M12.5 20l-.5-3"/>',
    "right": '<path d="m9 5 7 7-7 7"/>',
    "check": '<path d="m5 13 4 4L19 7"/>',
    "place": '<path d="M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11Z"/><circle cx="12" cy="10" r="2.5"/>',
    "clip": '<path d="m20 11-8.5 8.5a5.5 5.5 0 0 1-7.8-7.8l8.7-8.6a3.6 3.6 0 0 1 5.2 5.1l-8.7 8.7a1.8 1.8 0 0 1-2.6-2.6l8-7.9"/>',
    "screen": '<rect x="6" y="3" width="12" height="18" rx="2"/><path d="M11 18h2"/>',
}


def path_of(name: str) -> str:
    """The inside of the drawing; raises KeyError for a name nobody drew."""
    return ICONS[name]
