"""First responders and volunteers: the field page, its offline outbox, cards of helpers."""
