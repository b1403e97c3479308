"""Addresses of cases, below the office's own /kantor/kasus/."""

from django.urls import path

from teduh.cases.views import (
    guarding,
    handing,
    legal,
    opening,
    overview,
    people,
    plan,
    rights,
    risk,
)

app_name = "cases"
urlpatterns = [
    path("", overview.listed, name="list"),
    path("buka/<str:ticket>/", opening.open_case, name="open"),
    path("darurat/", guarding.glasses, name="glasses"),
    path("darurat/<int:number>/lihat/", guarding.look_at_glass, name="look_at_glass"),
    path("serah/", handing.hand_over, name="hand_over"),
    path("<str:code>/", overview.case, name="case"),
    path("<str:code>/langkah/", overview.step, name="step"),
    path("<str:code>/tim/", overview.crew, name="crew"),
    path("<str:code>/laporan/", overview.tell_also, name="tell_also"),
    path("<str:code>/darurat/", guarding.break_glass, name="break_glass"),
    path("<str:code>/siapa/", guarding.who, name="who"),
    path("<str:code>/kenal/", guarding.conflict, name="conflict"),
    path("<str:code>/orang/", people.add_person, name="add_person"),
    path("<str:code>/orang/<int:number>/", people.mend_person, name="mend_person"),
    path("<str:code>/peristiwa/", people.add_incident, name="add_incident"),
    path("<str:code>/risiko/", risk.risk, name="risk"),
    path("<str:code>/risiko/putusan/", risk.decide, name="decide_risk"),
    path("<str:code>/pembalasan/", risk.retaliation, name="retaliation"),
    path("<str:code>/hukum/", legal.legal_page, name="legal"),
    path("<str:code>/hukum/visum/", legal.visum, name="visum"),
    path("<str:code>/hukum/tahap/", legal.justice, name="justice"),
    path("<str:code>/hukum/polisi/", legal.police_later, name="police_later"),
    path("<str:code>/hukum/perlindungan/", legal.protection, name="protection"),
    path("<str:code>/hukum/perlindungan/langkah/", legal.protection_step, name="protection_step"),
    path("<str:code>/hak/", rights.rights, name="rights"),
    path("<str:code>/hak/semua/", rights.tell_all, name="tell_rights"),
    path("<str:code>/hak/cetak/", rights.printed, name="rights_print"),
    path("<str:code>/rencana/", plan.plan, name="plan"),
    path("<str:code>/rencana/terakhir/", plan.beside, name="plan_beside"),
    path("<str:code>/rencana/cetak/", plan.printed, name="plan_print"),
    path("<str:code>/rencana/sepakat/", plan.agree, name="agree_plan"),
    path("<str:code>/rencana/tujuan/", plan.add_goal, name="add_goal"),
    path("<str:code>/rencana/tujuan/<int:number>/", plan.mend_goal, name="mend_goal"),
    path("<str:code>/rencana/tujuan/<int:number>/keadaan/", plan.set_goal, name="set_goal"),
]
