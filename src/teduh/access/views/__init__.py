"""HTTP of this room: coming in, one's own page, members, duty, temporary rights, the trail."""
