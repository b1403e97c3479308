"""Every address of the house: public pages in two languages, the office under /kantor/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from teduh.config import views
from teduh.directory.urls import public_patterns as help_patterns
from teduh.intake.actions import write_back
from teduh.intake.queries import addressed
from teduh.intake.urls import desk_patterns
from teduh.records.urls import her_patterns, link_patterns
from teduh.services.urls import link_patterns as answer_patterns
from teduh.tickets.urls import office_patterns
from teduh.web.urls import staff_patterns

handler400 = "teduh.web.views.bad_request"
handler403 = "teduh.web.views.forbidden"
handler404 = "teduh.web.views.not_found"
handler429 = "teduh.access.views.entry.too_many"
handler500 = "teduh.web.views.server_error"

own_patterns = [
    path("pagi/", views.today, name="morning"),
    path("sistem/", views.system, name="system"),
]
urlpatterns = [
    path("", include("teduh.vault.urls")),
    path("kantor/", include((desk_patterns, "desk"))),
    path("kantor/", include((own_patterns, "config"))),
    path("kantor/", include((office_patterns, "phone"))),
    path("kantor/", include((staff_patterns, "look"))),
    path("kantor/", include("teduh.access.urls")),
    path("kantor/", include("teduh.directory.urls")),
    path("kantor/", include("teduh.sop.urls")),
    path("kantor/data/", include("teduh.records.urls")),
    path("kantor/kasus/", include("teduh.cases.urls")),
    path("kantor/layanan/", include("teduh.services.urls")),
    path("kantor/rapat/", include("teduh.conferences.urls")),
    path("kantor/anggaran/", include("teduh.funding.urls")),
    *i18n_patterns(
        path("", include("teduh.web.urls")),
        path("", include("teduh.intake.urls")),
        path("mitra/", include((link_patterns, "link"))),
        path("mitra/", include((answer_patterns, "answers"))),
        path("", include((help_patterns, "help"))),
        path("status/", include("teduh.tickets.urls")),
        path("status/data/", include((her_patterns, "hers"))),
        path(
            "status/pesan/",
            include("teduh.chat.urls"),
            {"write_back": write_back, "addressed": addressed},
        ),
        prefix_default_language=False,
    ),
]
