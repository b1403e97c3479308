"""Addresses of help given and arranged, below the office's own /kantor/layanan/."""

from django.urls import path

from teduh.services.views import (
    answering,
    caring,
    custody,
    health,
    hearings,
    kits,
    letters,
    overview,
    pathways,
    referring,
)

app_name = "services"
urlpatterns = [
    path("masuk/", answering.inbox, name="inbox"),
    path("masuk/loket/", answering.desk, name="desk"),
    path("masuk/<str:referral>/", answering.incoming, name="incoming"),
    path("rujukan/", referring.unmet, name="unmet"),
    path("kasus/<str:code>/", overview.of_case, name="of_case"),
    path("kasus/<str:code>/alur/", pathways.tick, name="tick_pathway"),
    path("kasus/<str:code>/surat-polisi/", letters.letters, name="police_letters"),
    path("kasus/<str:code>/pendampingan/", caring.board, name="care"),
    path("sidang/", hearings.calendar, name="calendar"),
    path("kasus/<str:code>/pendampingan/sidang/", hearings.of_case, name="hearings"),
    path("kasus/<str:code>/pendampingan/sidang/<str:name>/", hearings.step, name="hearing_step"),
    path("kasus/<str:code>/pendampingan/mulai/<str:name>/", caring.begin, name="begin_care"),
    path("kasus/<str:code>/pendampingan/<str:name>/", caring.one, name="care_one"),
    path("kasus/<str:code>/kesehatan/", health.health, name="health"),
    path("kasus/<str:code>/kesehatan/visum/<slug:to>/", health.visum_step, name="visum_step"),
    path("kasus/<str:code>/kesehatan/layanan/", health.ask, name="ask_health"),
    path("kasus/<str:code>/kesehatan/layanan/<str:order>/", health.answer, name="answer_health"),
    path("kasus/<str:code>/kesehatan/serah-terima/", custody.custody, name="custody"),
    path(
        "kasus/<str:code>/kesehatan/serah-terima/cetak/",
        custody.custody_print,
        name="custody_print",
    ),
    path("alat-tes/", kits.stock, name="kits"),
    path("alat-tes/<int:number>/", kits.batch, name="kit_batch"),
    path("biaya/", custody.fees, name="fees"),
    path("biaya/<int:number>/", custody.answer_fee, name="answer_fee"),
    path("kasus/<str:code>/rujukan/", referring.referrals, name="referrals"),
    path("kasus/<str:code>/rujukan/<str:referral>/", referring.referral, name="referral"),
    path("kasus/<str:code>/rujukan/<str:referral>/kirim/", referring.send, name="send"),
    path("kasus/<str:code>/rujukan/<str:referral>/kabar/", referring.hear, name="hear"),
    path("kasus/<str:code>/rujukan/<str:referral>/tarik/", referring.withdraw, name="withdraw"),
    path("kasus/<str:code>/rujukan/<str:referral>/tutup/", referring.settle, name="settle"),
]
