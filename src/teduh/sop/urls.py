"""Addresses of promises, below the office's own."""

from django.urls import path

from teduh.sop.views import board, versions

app_name = "sop"
urlpatterns = [
    path("janji/", board.board, name="board"),
    path("janji/daftar/", board.listed, name="list"),
    path("janji/<int:number>/dengar/", board.hear, name="hear"),
    path("janji/<int:number>/tunda/", board.pause, name="pause"),
    path("janji/<int:number>/lanjut/", board.resume, name="resume"),
    path("janji/<int:number>/alasan/", board.explain, name="explain"),
    path("sop/", versions.procedure, name="procedure"),
    path("sop/beda/", versions.difference, name="difference"),
    path("sop/versi/", versions.versions, name="versions"),
    path("sop/versi/<int:number>/setuju/", versions.approve, name="approve"),
    path("sop/versi/<int:number>/tarik/", versions.withdraw, name="withdraw"),
]
