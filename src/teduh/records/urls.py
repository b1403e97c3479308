"""Addresses of what is kept, below the office's own /kantor/data/, and of what its owner asks."""

from django.urls import path

from teduh.records.views import (
    asking,
    breaching,
    consenting,
    granting,
    hers,
    keeping,
    linking,
    packing,
    restoring,
)

app_name = "records"
urlpatterns = [
    path("", keeping.due, name="due"),
    path("musnah/minta/", keeping.ask, name="ask_erasure"),
    path("musnah/<int:number>/", keeping.approve, name="approve_erasure"),
    path("musnah/<int:number>/simpan/", keeping.refuse, name="refuse_erasure"),
    path("menunggu/", keeping.waiting, name="waiting"),
    path("tahan/", keeping.held, name="held"),
    path("tahan/<int:number>/lepas/", keeping.let_go, name="let_go"),
    path("dimusnahkan/", keeping.erased, name="erased"),
    path("jadwal/", keeping.schedule, name="schedule"),
    path("pemulihan/", restoring.restored, name="restored"),
    path("permintaan/", asking.requests, name="requests"),
    path("kebocoran/", breaching.breaches, name="breaches"),
    path("kebocoran/baru/", breaching.register, name="new_breach"),
    path("kebocoran/<str:code>/", breaching.breach, name="breach"),
    path("kebocoran/<str:code>/terkena/", breaching.touch, name="breach_touch"),
    path("kebocoran/<str:code>/terkena/<int:number>/", breaching.told, name="breach_told"),
    path("kebocoran/<str:code>/lembaga/", breaching.authority, name="breach_authority"),
    path("kebocoran/<str:code>/tutup/", breaching.close, name="close_breach"),
    path("kasus/<str:code>/", asking.of_case, name="of_case"),
    path("kasus/<str:code>/persetujuan/", consenting.consents, name="consents"),
    path(
        "kasus/<str:code>/persetujuan/<int:number>/tarik/",
        consenting.withdraw,
        name="withdraw_consent",
    ),
    path(
        "kasus/<str:code>/persetujuan/<int:number>/cetak/",
        consenting.receipt,
        name="consent_print",
    ),
    path("kasus/<str:code>/persetujuan/<int:number>/beri/", granting.give, name="give"),
    path("kasus/<str:code>/persetujuan/<int:number>/tautan/", linking.make, name="make_link"),
    path(
        "kasus/<str:code>/persetujuan/<int:number>/tautan/<str:name>/cabut/",
        linking.end,
        name="end_link",
    ),
    path("kasus/<str:code>/kunci-baru/", granting.new_keys, name="new_keys"),
    path("dibagikan/", granting.shared, name="shared"),
    path("dibagikan/<str:code>/", granting.shared_case, name="shared_case"),
    path("dibagikan/<str:code>/masih/", granting.still, name="still_shared"),
    path("kasus/<str:code>/paket/", packing.packets, name="packets"),
    path("kasus/<str:code>/paket/susun/", packing.make, name="make_packet"),
    path("kasus/<str:code>/paket/izin/<int:number>/", packing.answer, name="answer_packet"),
    path("kasus/<str:code>/paket/<int:number>/serah/", packing.hand, name="hand_packet"),
    path("kasus/<str:code>/paket/<int:number>/cetak/", packing.printed, name="packet_print"),
    path("kasus/<str:code>/<int:number>/", asking.answer, name="answer_request"),
    path("kasus/<str:code>/<int:number>/diberitahu/", asking.tell, name="tell_request"),
]

her_patterns = [path("", hers.data, name="data")]

link_patterns = [
    path("<str:name>/", linking.opened, name="open"),
    path("<str:name>/masih/", linking.still, name="still"),
]
