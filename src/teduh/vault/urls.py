"""Addresses of the vault."""

from django.urls import path

from teduh.vault.views import archive, keys, padlock, rewrapping

app_name = "vault"
urlpatterns = [
    path("kunci/", padlock.public_keys, name="public_keys"),
    path("kantor/kunci/", padlock.unlock_page, name="unlock"),
    path("kantor/kunci/buka/", padlock.open_keyring, name="open"),
    path("kantor/kunci/gantungan/", padlock.keep_keyring, name="keyring"),
    path("kantor/kunci/tab/", padlock.tab, name="tab"),
    path("kantor/kunci/sentuh/", padlock.touch, name="touch"),
    path("kantor/kunci/tutup/", padlock.close, name="close"),
    path("kantor/kunci/tim/", keys.keys, name="keys"),
    path("kantor/kunci/tim/baru/", keys.epoch, name="epoch"),
    path("kantor/kunci/tim/beri/", keys.give, name="give"),
    path("kantor/kunci/lama/", rewrapping.old_keys, name="old_keys"),
    path("kantor/kunci/lama/ambil/", rewrapping.take_old, name="take_old"),
    path("kantor/kunci/lama/pindah/", rewrapping.keep_new, name="keep_new"),
    path("kantor/kunci/lama/coba/", rewrapping.take_new, name="take_new"),
    path("kantor/kunci/lama/periksa/", rewrapping.keep_opened, name="keep_opened"),
    path("kantor/kunci/lama/ambil-arsip/", rewrapping.take_single, name="take_single"),
    path("kantor/kunci/lama/arsip/", rewrapping.keep_pairs, name="keep_pairs"),
    path("kantor/kunci/arsip/", archive.page, name="archive"),
    path("kantor/kunci/arsip/ambil/", archive.take_halves, name="take_halves"),
    path("kantor/kunci/arsip/beri/", archive.keep_halves, name="keep_halves"),
    path("kantor/kunci/arsip/ambil-belahan/", archive.take_joined, name="take_joined"),
    path("kantor/kunci/arsip/satukan/", archive.keep_joined, name="keep_joined"),
    path("kantor/kunci/arsip/<int:number>/batal/", archive.take_back, name="take_back_recall"),
    path("kantor/kunci/daftar/", keys.sign, name="sign"),
    path("kantor/kunci/sertifikat/", keys.certificate, name="certificate"),
    path("kantor/kunci/cabut/<str:code>/", keys.take_back, name="take_back"),
    path("kantor/kunci/frasa/", keys.new_phrase, name="new_phrase"),
    path("kantor/kunci/frasa/mulai/", keys.begin, name="begin"),
    path("kantor/kunci/frasa/simpan/", keys.finish, name="finish"),
    path("kantor/berkas/<str:item>/", padlock.file, name="file"),
]
