"""Addresses of cases, below the office's own /kantor/kasus/."""

from django.urls import path

from teduh.cases.views import legal, opening, overview, people

app_name = "cases"
urlpatterns = [
    path("", overview.listed, name="list"),
    path("buka/<str:ticket>/", opening.open_case, name="open"),
    path("<str:code>/", overview.case, name="case"),
    path("<str:code>/langkah/", overview.step, name="step"),
    path("<str:code>/tim/", overview.crew, name="crew"),
    path("<str:code>/laporan/", overview.tell_also, name="tell_also"),
    path("<str:code>/orang/", people.add_person, name="add_person"),
    path("<str:code>/orang/<int:number>/", people.mend_person, name="mend_person"),
    path("<str:code>/peristiwa/", people.add_incident, name="add_incident"),
    path("<str:code>/hukum/", legal.legal_page, name="legal"),
    path("<str:code>/hukum/visum/", legal.visum, name="visum"),
    path("<str:code>/hukum/tahap/", legal.justice, name="justice"),
    path("<str:code>/hukum/polisi/", legal.police_later, name="police_later"),
    path("<str:code>/hukum/perlindungan/", legal.protection, name="protection"),
    path("<str:code>/hukum/perlindungan/langkah/", legal.protection_step, name="protection_step"),
]
