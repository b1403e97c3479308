"""Addresses of the report form."""

from django.urls import path

from teduh.intake.channels.web import views

public_patterns = [
    path("lapor/", views.report, {"door": "self"}, name="report"),
    path("k/<str:area>/", views.report, {"door": "self"}, name="safe_point"),
    path("lapor/orang-lain/", views.report, {"door": "other"}, name="report_other"),
    path("lapor/anak/", views.report, {"door": "young"}, name="report_young"),
    path("lapor/tersimpan/", views.answer, name="answer"),
    path("lapor/suara/", views.recorder, name="recorder"),
    path("lapor/berkas/", views.pieces, name="pieces"),
]
