"""Addresses for agencies that file and ask, below the office's own /kantor/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from teduh.access.words import Right
from teduh.intake.channels import Entry
from teduh.intake.channels.referral import views

entry = Entry(_("Mitra dan jejaring"), "desk:partners", Right.TRIAGE_REPORTS)

desk_patterns = [
    path("mitra/", views.partners, name="partners"),
    path("mitra/jawab/", views.answer, name="network_answer"),
    path("mitra/antrean/", views.network, name="network"),
    path("mitra/tiket/<str:number>/", views.filing_page, name="filing"),
    path("mitra/lapor/<str:paper>/", views.on_behalf, name="on_behalf"),
]
