"""Where help is, and who gives it."""

from tests.house.urls.entries import AGENCY, MANAGERS, Entry, helpers

TABLE: dict[str, Entry] = {
    "directory:channels": Entry(roles=MANAGERS, relations=AGENCY),
    "directory:mend_channel": Entry(
        "post", MANAGERS, AGENCY, names=lambda place: {"number": place.channel.pk}
    ),
    "directory:helpers": Entry(roles=MANAGERS, relations=AGENCY),
    "directory:helper": helpers("get"),
    "directory:qualify": helpers(),
    "directory:revoke_cards": helpers(),
}
