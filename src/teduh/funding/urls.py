"""Addresses of money for the work, below the office's own /kantor/anggaran/."""

from django.urls import path

from teduh.funding.views import exporting, ledger

app_name = "funding"
urlpatterns = [
    path("", ledger.lines, name="lines"),
    path("sumber/", ledger.add_source, name="add_source"),
    path("baru/", ledger.add_line, name="add_line"),
    path("csv/", exporting.year, name="year_csv"),
    path("<int:number>/", ledger.line, name="line"),
    path("<int:number>/catat/", ledger.enter, name="enter"),
    path("<int:number>/batal/", ledger.take_back, name="take_back"),
    path("<int:number>/csv/", exporting.line, name="line_csv"),
]
