"""Who may come in and what they may do.

Here: agencies, teams and members, their roles and rights, the second factor, duty, time-limited
elevation, and the pages that need those rights and no other room (members, duty, audit trail).
"""
