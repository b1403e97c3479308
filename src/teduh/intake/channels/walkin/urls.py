"""Addresses of the walk-in desk; its service worker sees what lies below the first, and no more."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from teduh.access.words import Right
from teduh.intake.channels import Entry
from teduh.intake.channels.walkin import views

entry = Entry(_("Yang datang ke kantor"), "desk:walkin", Right.FILE_REPORTS)
desk_patterns = [
    path("datang/", views.room, name="walkin"),
    path("datang/kerja.js", views.worker, name="walkin_worker"),
    path("datang/bekal/", views.supplies, name="walkin_supplies"),
    path("datang/izin/", views.pass_, name="walkin_pass"),
    path("datang/kirim/", views.send, name="walkin_send"),
]
