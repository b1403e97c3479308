"""Addresses of the public pages and of the desk, with those of every way in."""

from importlib import import_module

from django.urls import URLPattern, path

from teduh.intake.channels import KINDS
from teduh.intake.views import adding, changing, desk, flood, public, reissuing, screening


def _of_channels(name: str) -> list[URLPattern]:
    """The addresses every way in has under this name: `public_patterns` or `desk_patterns`."""
    urls = [import_module(f"teduh.intake.channels.{kind}.urls") for kind in KINDS]
    return [one for module in urls for one in getattr(module, name, [])]


app_name = "intake"
public_patterns = [
    path("", public.front, name="front"),
    path("bantuan/", public.doors, name="doors"),
    path("status/tambah/", adding.add, name="add"),
    path("cara/", public.ways, name="ways"),
    path("status/kode/", changing.change, name="change"),
    path("aman/", public.safety, name="safety"),
    path("aman/daring/", public.online, name="online"),
    *_of_channels("public_patterns"),
]
desk_patterns = [
    path("", desk.worklist, name="worklist"),
    path("kartu/", desk.cards, name="cards"),
    path("banjir/", flood.flood, name="flood"),
    path("laporan/<str:number>/", desk.report, name="report"),
    path("laporan/<str:number>/langkah/", desk.step, name="step"),
    path("laporan/<str:number>/golongan/", desk.classify, name="classify"),
    path("laporan/<str:number>/saringan/", screening.screen, name="screen"),
    path("laporan/<str:number>/pesan/", desk.message, name="message"),
    path("laporan/<str:number>/kenal/", desk.conflict, name="conflict"),
    path("laporan/<str:number>/kabar/", desk.hand_over, name="hand_over"),
    path("laporan/<str:number>/kartu/", desk.card, name="card"),
    path("laporan/<str:number>/kode/", reissuing.reissue, name="reissue"),
    path("laporan/<str:number>/kode/lihat/", reissuing.looked, name="reissue_looked"),
    *_of_channels("desk_patterns"),
]
urlpatterns = public_patterns
