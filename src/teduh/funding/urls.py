"""Addresses of money for the work, below the office's own."""

from django.urls import URLPattern

app_name = "funding"
urlpatterns: list[URLPattern] = []
