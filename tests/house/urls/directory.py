"""Where help is, and who gives it."""

from tests.house.urls.entries import AGENCY, MANAGERS, OPEN, READERS, Entry, helpers


def _provider(method: str = "post") -> Entry:
    """An address of a provider, for whoever keeps their list in the office."""
    return Entry(method, MANAGERS, AGENCY, names=lambda place: {"code": place.provider.code})


TABLE: dict[str, Entry] = {
    "directory:channels": Entry(roles=MANAGERS, relations=AGENCY),
    "directory:mend_channel": Entry(
        "post", MANAGERS, AGENCY, names=lambda place: {"number": place.channel.pk}
    ),
    "directory:helpers": Entry(roles=MANAGERS, relations=AGENCY),
    "directory:helper": helpers("get"),
    "directory:qualify": helpers(),
    "directory:revoke_cards": helpers(),
    "directory:providers": Entry(roles=READERS | MANAGERS, relations=AGENCY),
    "directory:provider": Entry(
        roles=READERS | MANAGERS,
        relations=AGENCY,
        names=lambda place: {"code": place.provider.code},
    ),
    "directory:enter_provider": Entry(roles=MANAGERS, relations=AGENCY),
    "directory:load_providers": Entry(roles=MANAGERS, relations=AGENCY),
    "directory:export_providers": Entry(roles=MANAGERS, relations=AGENCY),
    "directory:mend_provider": _provider("get"),
    "directory:verify_provider": _provider(),
    "directory:agree": _provider(),
    "help:services": OPEN,
}
