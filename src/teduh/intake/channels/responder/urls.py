"""Addresses of the field page; its service worker sees nothing above them."""

from django.urls import path

from teduh.intake.channels.responder import views

public_patterns = [
    path("lapangan/", views.field, name="field"),
    path("lapangan/pasang.webmanifest", views.manifest, name="field_manifest"),
    path("lapangan/kerja.js", views.worker, name="field_worker"),
    path("lapangan/bekal/", views.supplies, name="field_supplies"),
    path("lapangan/kirim/", views.send, name="field_send"),
]
