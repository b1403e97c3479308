"""Writing: members, roles, seats, duty, temporary rights, sign-ins; a file for each."""

from teduh.access.actions.agencies import (
    open_agency,
    open_team,
)
from teduh.access.actions.conflicts import (
    declare_conflict,
    lift_conflict,
    spread_conflicts,
)
from teduh.access.actions.duties import (
    cancel_absence,
    cancel_duty,
    plan_absence,
    plan_duty,
    set_on_call,
    tell_duty,
    tell_other_overseers,
    tell_overseers,
)
from teduh.access.actions.elevations import (
    approve_elevation,
    ask_elevation,
    end_elevation,
    refuse_elevation,
)
from teduh.access.actions.factors import (
    add_passkey,
    name_passkey,
    note_new_codes,
    note_refused_factor,
    remove_passkey,
    set_app,
    spend_code,
)
from teduh.access.actions.holdings import (
    set_roles,
    set_teams,
)
from teduh.access.actions.lost_factors import approve_reset, ask_reset, refuse_reset
from teduh.access.actions.members import (
    LinkFor,
    accept_invitation,
    add_member,
    change_password,
    deactivate,
    invite,
    invite_again,
    reactivate,
)
from teduh.access.actions.sendings import begin_sending, clear_sendings, end_sending
from teduh.access.actions.sessions import (
    clear_sessions,
    end_other_sessions,
    move_sign_in,
    note_refused_sign_in,
    note_sign_in,
    note_sign_out,
)

__all__ = [
    "LinkFor",
    "accept_invitation",
    "add_member",
    "add_passkey",
    "approve_elevation",
    "approve_reset",
    "ask_elevation",
    "ask_reset",
    "begin_sending",
    "cancel_absence",
    "cancel_duty",
    "change_password",
    "clear_sendings",
    "clear_sessions",
    "deactivate",
    "declare_conflict",
    "end_elevation",
    "end_other_sessions",
    "end_sending",
    "invite",
    "invite_again",
    "lift_conflict",
    "move_sign_in",
    "name_passkey",
    "note_new_codes",
    "note_refused_factor",
    "note_refused_sign_in",
    "note_sign_in",
    "note_sign_out",
    "open_agency",
    "open_team",
    "plan_absence",
    "plan_duty",
    "reactivate",
    "refuse_elevation",
    "refuse_reset",
    "remove_passkey",
    "set_app",
    "set_on_call",
    "set_roles",
    "set_teams",
    "spend_code",
    "spread_conflicts",
    "tell_duty",
    "tell_other_overseers",
    "tell_overseers",
]
