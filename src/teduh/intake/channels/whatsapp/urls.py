"""Addresses for the gateway, and for copying a conversation at the desk."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from teduh.access.words import Right
from teduh.intake.channels import Entry
from teduh.intake.channels.whatsapp import views

entry = Entry(_("Salin dari tempat lain"), "desk:copy", Right.FILE_REPORTS)
public_patterns = [path("masuk/pesan/", views.inbound, name="inbound")]
desk_patterns = [path("salin/", views.copy, name="copy")]
