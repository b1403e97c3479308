"""Addresses of the vault."""

from django.urls import path

from teduh.vault import views

app_name = "vault"
urlpatterns = [
    path("kunci/", views.public_keys, name="public_keys"),
    path("kantor/kunci/", views.unlock_page, name="unlock"),
    path("kantor/kunci/buka/", views.open_keyring, name="open"),
    path("kantor/kunci/gantungan/", views.keep_keyring, name="keyring"),
    path("kantor/kunci/tab/", views.tab, name="tab"),
    path("kantor/kunci/sentuh/", views.touch, name="touch"),
    path("kantor/kunci/tutup/", views.close, name="close"),
    path("kantor/berkas/<str:item>/", views.file, name="file"),
]
