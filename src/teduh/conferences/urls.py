"""Addresses of meetings of agencies, below the office's own /kantor/rapat/."""

from django.urls import path

from teduh.conferences.views import city, items, meetings, tasks

app_name = "conferences"
OF_CASE = "kasus/<str:code>/<str:meeting>/"
urlpatterns = [
    path("", meetings.listed, name="list"),
    path("baru/", meetings.plan, name="plan"),
    path("berkala/<int:number>/akhiri/", meetings.end_series, name="end_series"),
    path("tugas/", tasks.tasks, name="tasks"),
    path("tugas/<str:code>/selesai/", tasks.done, name="done"),
    path("tugas/<str:code>/lepas/", tasks.let_go, name="let_go"),
    path("kasus/<str:code>/", items.of_case, name="of_case"),
    path(OF_CASE, items.item, name="item"),
    path(f"{OF_CASE}keinginan/", items.wishes, name="wishes"),
    path(f"{OF_CASE}lembaga/<str:agency>/", items.contribute, name="contribute"),
    path(f"{OF_CASE}lembaga/<str:agency>/putusan/", items.decide, name="decide"),
    path(f"{OF_CASE}bahaya/", items.danger, name="danger"),
    path(f"{OF_CASE}notulen/", items.minutes, name="minutes"),
    path(f"{OF_CASE}kabar/", items.feedback, name="feedback"),
    path(f"{OF_CASE}dikabari/", items.told, name="told"),
    path(f"{OF_CASE}dibahas/", items.discussed, name="discussed"),
    path("<str:code>/", meetings.meeting, name="meeting"),
    path("<str:code>/setuju/", meetings.accept, name="accept"),
    path("<str:code>/undang/", meetings.invite, name="invite"),
    path("<str:code>/hadir/<int:number>/", meetings.attend, name="attend"),
    path("<str:code>/mulai/", meetings.begin, name="begin"),
    path("<str:code>/tutup/", meetings.close, name="close"),
    path("<str:code>/batal/", meetings.call_off, name="call_off"),
    path("<str:code>/agenda/", meetings.refill, name="refill"),
    path("<str:code>/agenda/tambah/", meetings.add, name="add"),
    path("<str:code>/agenda/<str:case>/lepas/", meetings.take_off, name="take_off"),
    path("<str:code>/bagian/", tasks.own_part, name="own_part"),
    path("<str:code>/bagian/<str:case>/", tasks.part, name="part"),
    path("<str:code>/layar/", city.screen, name="screen"),
]
