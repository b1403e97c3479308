"""Addresses of the way out and the gallery."""

from django.urls import path

from teduh.web import views

app_name = "web"
urlpatterns = [
    path("keluar/", views.leave, name="leave"),
    path("keluar/tanda/", views.left, name="left"),
]
staff_patterns = [path("galeri/", views.gallery, name="gallery")]
