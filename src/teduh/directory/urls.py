"""Addresses of the directory, below the office's own."""

from django.urls import path

from teduh.directory import views

app_name = "directory"
urlpatterns = [
    path("kanal/", views.channels, name="channels"),
    path("kanal/<int:number>/", views.mend, name="mend_channel"),
]
