"""Addresses of help given and arranged, below the office's own /kantor/layanan/."""

from django.urls import path

from teduh.services.views import overview

app_name = "services"
urlpatterns = [
    path("kasus/<str:code>/", overview.of_case, name="of_case"),
]
