"""Addresses of the directory, below the office's own."""

from django.urls import path

from teduh.directory.views import channels, helpers, providers, public

app_name = "directory"
urlpatterns = [
    path("kanal/", channels.channels, name="channels"),
    path("kanal/<int:number>/", channels.mend, name="mend_channel"),
    path("relawan/", helpers.helpers, name="helpers"),
    path("relawan/<int:number>/", helpers.helper, name="helper"),
    path("relawan/<int:number>/pelatihan/", helpers.qualify, name="qualify"),
    path("relawan/<int:number>/cabut/", helpers.revoke, name="revoke_cards"),
    path("penyedia/", providers.providers, name="providers"),
    path("penyedia/tambah/", providers.enter, name="enter_provider"),
    path("penyedia/berkas/", providers.load, name="load_providers"),
    path("penyedia/berkas/unduh/", providers.export, name="export_providers"),
    path("penyedia/<str:code>/", providers.provider, name="provider"),
    path("penyedia/<str:code>/ubah/", providers.mend, name="mend_provider"),
    path("penyedia/<str:code>/diperiksa/", providers.verify, name="verify_provider"),
    path("penyedia/<str:code>/nota/", providers.agree, name="agree"),
]
public_patterns = [path("layanan/", public.services, name="services")]
