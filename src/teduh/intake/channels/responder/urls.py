"""Addresses of the field page, whose service worker sees nothing above them; and of cards."""

from django.urls import path

from teduh.intake.channels.responder.views import cards, field

public_patterns = [
    path("lapangan/", field.field, name="field"),
    path("lapangan/pasang.webmanifest", field.manifest, name="field_manifest"),
    path("lapangan/kerja.js", field.worker, name="field_worker"),
    path("lapangan/bekal/", field.supplies, name="field_supplies"),
    path("lapangan/kirim/", field.send, name="field_send"),
]
desk_patterns = [
    path("relawan/<int:number>/kartu/", cards.issue, name="issue_card"),
]
