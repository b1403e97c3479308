"""Addresses of promises, below the office's own."""

from django.urls import path

from teduh.sop import views

app_name = "sop"
urlpatterns = [
    path("janji/", views.board, name="board"),
    path("janji/<int:number>/dengar/", views.hear, name="hear"),
    path("janji/<int:number>/tunda/", views.pause, name="pause"),
    path("janji/<int:number>/lanjut/", views.resume, name="resume"),
    path("sop/", views.procedure, name="procedure"),
]
