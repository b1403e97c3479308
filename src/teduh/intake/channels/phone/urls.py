"""Addresses of the hotline, below the office's own /kantor/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from teduh.access.words import Right
from teduh.intake.channels import Entry
from teduh.intake.channels.phone import views

entry = Entry(_("Telepon hotline"), "desk:calls", Right.FILE_REPORTS)

desk_patterns = [
    path("hotline/", views.calls, name="calls"),
    path("hotline/hitungan/", views.counts, name="call_counts"),
    path("hotline/hitungan/berkas/", views.counts_file, name="call_counts_file"),
    path("hotline/<str:code>/", views.call, name="call"),
    path("hotline/<str:code>/simpan/", views.keep, name="keep_call"),
    path("hotline/<str:code>/selesai/", views.end, name="end_call"),
]
