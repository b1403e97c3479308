"""Addresses of help given and arranged, below the office's own /kantor/layanan/."""

from django.urls import path

from teduh.services.views import answering, caring, overview, referring

app_name = "services"
urlpatterns = [
    path("masuk/", answering.inbox, name="inbox"),
    path("masuk/loket/", answering.desk, name="desk"),
    path("masuk/<str:referral>/", answering.incoming, name="incoming"),
    path("rujukan/", referring.unmet, name="unmet"),
    path("kasus/<str:code>/", overview.of_case, name="of_case"),
    path("kasus/<str:code>/pendampingan/", caring.board, name="care"),
    path("kasus/<str:code>/pendampingan/mulai/<str:name>/", caring.begin, name="begin_care"),
    path("kasus/<str:code>/pendampingan/<str:name>/", caring.one, name="care_one"),
    path("kasus/<str:code>/rujukan/", referring.referrals, name="referrals"),
    path("kasus/<str:code>/rujukan/<str:referral>/", referring.referral, name="referral"),
    path("kasus/<str:code>/rujukan/<str:referral>/kirim/", referring.send, name="send"),
    path("kasus/<str:code>/rujukan/<str:referral>/kabar/", referring.hear, name="hear"),
    path("kasus/<str:code>/rujukan/<str:referral>/tarik/", referring.withdraw, name="withdraw"),
    path("kasus/<str:code>/rujukan/<str:referral>/tutup/", referring.settle, name="settle"),
]
