"""Addresses of occasions, below the office's own /kantor/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from teduh.access.words import Right
from teduh.intake.channels import Entry
from teduh.intake.channels.outreach import views

entry = Entry(_("Banyak orang di satu tempat"), "desk:gatherings", Right.FILE_REPORTS)
desk_patterns = [
    path("jemput/", views.gatherings, name="gatherings"),
    path("jemput/<int:number>/", views.gathering, name="gathering"),
]
