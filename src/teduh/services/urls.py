"""Addresses of help given and arranged, below the office's own /kantor/layanan/."""

from django.urls import path

from teduh.services.views import caring, hearings, overview

app_name = "services"
urlpatterns = [
    path("kasus/<str:code>/", overview.of_case, name="of_case"),
    path("kasus/<str:code>/pendampingan/", caring.board, name="care"),
    path("sidang/", hearings.calendar, name="calendar"),
    path("kasus/<str:code>/pendampingan/sidang/", hearings.of_case, name="hearings"),
    path("kasus/<str:code>/pendampingan/sidang/<str:name>/", hearings.step, name="hearing_step"),
    path("kasus/<str:code>/pendampingan/mulai/<str:name>/", caring.begin, name="begin_care"),
    path("kasus/<str:code>/pendampingan/<str:name>/", caring.one, name="care_one"),
]
