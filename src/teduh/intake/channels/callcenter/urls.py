"""Addresses of the call centres: their own form, and the office's list of them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from teduh.access.words import Right
from teduh.intake.channels import Entry
from teduh.intake.channels.callcenter import views

entry = Entry(_("Tautan 112"), "desk:call_centres", Right.MANAGE_CHANNELS)
public_patterns = [path("112/<str:link>/", views.hand_over, name="centre_report")]
desk_patterns = [
    path("112/", views.centres, name="call_centres"),
    path("112/<int:number>/tutup/", views.close, name="close_call_centre"),
]
