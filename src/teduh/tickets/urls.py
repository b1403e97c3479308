"""Addresses of the status page."""

from django.urls import path

from teduh.tickets import views

app_name = "tickets"
urlpatterns = [
    path("", views.status, name="status"),
    path("jangan-hubungi/", views.quiet, name="quiet"),
    path("kesan/", views.opinion, name="opinion"),
]

office_patterns = [
    path("telepon/", views.by_phone, name="by_phone"),
    path("kesan/", views.opinions, name="opinions"),
]
