"""Addresses of help given and arranged, below the office's own /kantor/layanan/."""

from django.urls import path

from teduh.services.views import caring, overview

app_name = "services"
urlpatterns = [
    path("kasus/<str:code>/", overview.of_case, name="of_case"),
    path("kasus/<str:code>/pendampingan/", caring.board, name="care"),
    path("kasus/<str:code>/pendampingan/mulai/<str:name>/", caring.begin, name="begin_care"),
    path("kasus/<str:code>/pendampingan/<str:name>/", caring.one, name="care_one"),
]
