"""Pages of agencies: what they file on behalf of somebody, and what the network asks."""

from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.intake import codes, papers
from teduh.intake.channels.referral import actions, queries, rules
from teduh.intake.channels.referral.forms import NATIONAL, FilingForm, QueryForm, ReplyForm
from teduh.intake.channels.referral.words import Agreed, Paper, Query, Reply
from teduh.intake.facts import CONTACT, WRITTEN
from teduh.intake.queries import areas
from teduh.intake.views import filing
from teduh.lib.codes import read_ticket
from teduh.vault.ownwords import read_own

if TYPE_CHECKING:
    from teduh.access.models import Member

FILERS = (Right.REFER_SURVIVORS, Right.FILE_REPORTS)


@needs(*FILERS)
@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """What the agency filed with its public stage, the forms, and what the network asks."""
    member = member_of(request)
    shown = {
        "papers": [(one, Paper(one).label) for one in rules.papers_of(member.agency.kind)],
        "filed": queries.filed_by(member),
        "office": settings.TEDUH_OFFICE,
        "queries": queries.timed(queries.to_answer(member)),
        "replies": Reply.choices,
        "network": rules.in_network(member.agency.kind) and member.may(Right.ANSWER_PARTNER),
        "triages": member.may(Right.TRIAGE_REPORTS),
        "refers": member.may(Right.REFER_SURVIVORS),
    }
    return render(request, "intake/referral/partners.html", shown)


@needs(*FILERS)
@require_http_methods(["GET", "POST"])
def on_behalf(request: HttpRequest, paper: str) -> HttpResponse:
    """The short form of an agency."""
    member = member_of(request)
    if paper not in rules.papers_of(member.agency.kind):
        raise Http404
    kind = Paper(paper)
    if request.method == "POST":
        return _filed(request, member, FilingForm(request.POST, paper=kind, areas=areas()))
    form = FilingForm(paper=kind, areas=areas())
    shown = {
        **filing.drawn(),
        "form": form,
        "paper": kind,
        "refers": member.may(Right.REFER_SURVIVORS),
        "national": kind in NATIONAL,
        "asked": [form[f"own_{one.code}"] for one in papers.questions(kind)],
    }
    return render(request, "intake/referral/on_behalf.html", shown)


def _filed(request: HttpRequest, member: "Member", form: FilingForm) -> JsonResponse:
    def keep(**kept: object) -> object:
        given = form.cleaned_data
        told = actions.Told(
            form.paper, Agreed(given["agreed"]), given["reference"], form.own_answers()
        )
        words = read_own(request.POST.get("own", ""))
        return actions.file_on_behalf(by=member, told=told, words=words, **kept)  # type: ignore[arg-type]

    report = filing.kept_by(keep, request, form)  # type: ignore[arg-type]
    return report if isinstance(report, JsonResponse) else filing.told(member, report)


@needs(Right.REFER_SURVIVORS)
@require_safe
def filing_page(request: HttpRequest, number: str) -> HttpResponse:
    """One report the agency filed: its public stage, and to whoever wrote it their own words."""
    member = member_of(request)
    try:
        bundle = actions.read_again(by=member, number=number, at=timezone.now())
    except Forbidden as error:
        raise Http404 from error
    labels = {what: label for label, what in (*WRITTEN, *CONTACT)}
    shown = {
        "filed": queries.filing_of(member, number),
        "bundle": bundle,
        "bundles": [bundle],
        "words": [(item, labels[item.what]) for item in bundle.items if item.what in labels],
    }
    return render(request, "intake/referral/filing.html", shown)


@needs(Right.ANSWER_PARTNER)
@require_http_methods(["GET", "POST"])
def network(request: HttpRequest) -> HttpResponse:
    """What waits, by channel and without identity; a POST asks about one."""
    member = member_of(request)
    if not rules.in_network(member.agency.kind):
        raise Http404
    if request.method == "POST":
        return _asked(request, member)
    return _network(request, member, 200)


def _network(request: HttpRequest, member: "Member", status: int) -> HttpResponse:
    rows = [
        (row.ticket.number, row.day, codes.label("channel", row.channel))
        for row in queries.unanswered(member)[: queries.SHOWN]
    ]
    shown = {
        "channels": queries.by_channel(member),
        "rows": rows,
        "kinds": Query.choices,
        "asked": queries.timed(queries.asked_by(member)[: queries.SHOWN]),
    }
    return render(request, "intake/referral/network.html", shown, status=status)


def _asked(request: HttpRequest, member: "Member") -> HttpResponse:
    form, at = QueryForm(request.POST), timezone.now()
    problem = _("Pilih yang ditanyakan.")
    if form.is_valid():
        number = read_ticket(form.cleaned_data["ticket"]) or ""
        ask = partial(actions.ask, by=member, number=number, at=at)
        try:
            row = ask(what=Query(form.cleaned_data["asked"]))
        except rules.NotWaiting:
            problem = _("Tiket itu tidak menunggu lagi.")
        except rules.AskedAlready:
            problem = _("Lembaga Anda sudah bertanya tentang tiket itu.")
        else:
            [asked] = queries.timed([row])
            due = date_format(timezone.localtime(asked.due_at), "j F H.i")
            messages.success(
                request, _("Terkirim. Kantor menjawab sebelum %(due)s.") % {"due": due}
            )
            return redirect("desk:network")
    messages.error(request, problem)
    return _network(request, member, 409)


@needs(Right.TRIAGE_REPORTS)
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Answer the network in a code."""
    member, form = member_of(request), ReplyForm(request.POST)
    if form.is_valid():
        row = queries.to_answer(member).filter(pk=form.cleaned_data["which"]).first()
        if row is None:
            raise Http404
        answered = Reply(form.cleaned_data["answer"])
        actions.reply(by=member, query=row, answer=answered, at=timezone.now())
    return redirect("desk:partners")
