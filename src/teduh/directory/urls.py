"""Addresses of the directory, below the office's own."""

from django.urls import path

from teduh.directory.views import channels, helpers

app_name = "directory"
urlpatterns = [
    path("kanal/", channels.channels, name="channels"),
    path("kanal/<int:number>/", channels.mend, name="mend_channel"),
    path("relawan/", helpers.helpers, name="helpers"),
    path("relawan/<int:number>/", helpers.helper, name="helper"),
    path("relawan/<int:number>/pelatihan/", helpers.qualify, name="qualify"),
    path("relawan/<int:number>/cabut/", helpers.revoke, name="revoke_cards"),
]
