"""The thread a reporter can follow: ticket, code, public stage, next step (/status/)."""
