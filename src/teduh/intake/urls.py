"""Addresses of the public pages and of the desk."""

from django.urls import path

from teduh.intake.views import adding, desk, flood, public, screening

app_name = "intake"
public_patterns = [
    path("", public.front, name="front"),
    path("bantuan/", public.doors, name="doors"),
    path("lapor/", public.report, {"door": "self"}, name="report"),
    path("lapor/orang-lain/", public.report, {"door": "other"}, name="report_other"),
    path("lapor/anak/", public.report, {"door": "young"}, name="report_young"),
    path("tanya/", public.report, {"door": "ask"}, name="ask"),
    path("lapor/tersimpan/", public.answer, name="answer"),
    path("lapor/suara/", public.recorder, name="recorder"),
    path("lapor/berkas/", public.pieces, name="pieces"),
    path("status/tambah/", adding.add, name="add"),
    path("aman/", public.safety, name="safety"),
    path("aman/daring/", public.online, name="online"),
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
]
urlpatterns = public_patterns
