"""Writing to the vault, and handing out of it; a file for each."""

from teduh.vault.actions.archiving import rest, wake
from teduh.vault.actions.cards import (
    hand_out_cards,
    hand_out_search,
    keep_card,
)
from teduh.vault.actions.cases import check_vouched, keep_items, open_part, open_subject
from teduh.vault.actions.coding import NewCode, renew
from teduh.vault.actions.drafts import drop_draft, keep_draft
from teduh.vault.actions.files import (
    Piece,
    clear_unfinished,
    keep_piece,
    keep_sent,
)
from teduh.vault.actions.granting import (
    Recipient,
    begin_generation,
    destroy_ended,
    end_grants,
    grant,
    grant_link,
    hand_out_granted,
    replace_grants,
)
from teduh.vault.actions.handing import (
    hand_out,
    hand_out_each,
    hand_out_file,
)
from teduh.vault.actions.keeping import (
    Ready,
    accept,
    add,
    forget,
    keep,
    keep_item,
    make_ready,
    ready_here,
    units_covering,
)
from teduh.vault.actions.linking import hand_out_linked, try_link
from teduh.vault.actions.ownwords import destroy_ended_own, end_own, hand_out_own, keep_own
from teduh.vault.actions.recalling import ask_back
from teduh.vault.actions.unlocking import (
    count_unlock,
    keep_keyring,
    share_of,
    still_human,
    tab_key,
    unlock_share,
)

__all__ = [
    "NewCode",
    "Piece",
    "Ready",
    "Recipient",
    "accept",
    "add",
    "ask_back",
    "begin_generation",
    "check_vouched",
    "clear_unfinished",
    "count_unlock",
    "destroy_ended",
    "destroy_ended_own",
    "drop_draft",
    "end_grants",
    "end_own",
    "forget",
    "grant",
    "grant_link",
    "hand_out",
    "hand_out_cards",
    "hand_out_each",
    "hand_out_file",
    "hand_out_granted",
    "hand_out_linked",
    "hand_out_own",
    "hand_out_search",
    "keep",
    "keep_card",
    "keep_draft",
    "keep_item",
    "keep_items",
    "keep_keyring",
    "keep_own",
    "keep_piece",
    "keep_sent",
    "make_ready",
    "open_part",
    "open_subject",
    "ready_here",
    "renew",
    "replace_grants",
    "rest",
    "share_of",
    "still_human",
    "tab_key",
    "try_link",
    "units_covering",
    "unlock_share",
    "wake",
]
