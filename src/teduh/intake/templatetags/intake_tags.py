"""Tags of the desk."""

from importlib import import_module

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.functional import Promise

from teduh.access.models import Member
from teduh.intake.channels import KINDS

register = template.Library()


@register.simple_tag(takes_context=True)
def ways_in(context: Context) -> list[tuple[str | Promise, str]]:
    """Label and address of every way in by which this member takes reports in."""
    member = context["request"].user
    entries = [
        getattr(import_module(f"teduh.intake.channels.{kind}.urls"), "entry", None)
        for kind in KINDS
    ]
    return [
        (one.label, reverse(one.url_name))
        for one in entries
        if one and isinstance(member, Member) and member.may(one.right)
    ]
