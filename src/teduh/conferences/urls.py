"""Addresses of agencies at one table, below the office's own."""

from django.urls import URLPattern

app_name = "conferences"
urlpatterns: list[URLPattern] = []
