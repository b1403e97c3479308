"""Addresses for the gateway, and for copying a conversation at the desk."""

from django.urls import path

from teduh.intake.channels.whatsapp import views

public_patterns = [path("masuk/pesan/", views.inbound, name="inbound")]
desk_patterns = [path("salin/", views.copy, name="copy")]
