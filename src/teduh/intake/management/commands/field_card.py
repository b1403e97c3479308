"""`manage.py field_card`: the guide for the field on paper and as text messages, and a poster."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.translation import override

from teduh.directory.queries import kelurahan_named
from teduh.directory.rules import undotted
from teduh.intake.channels.responder import printing
from teduh.intake.channels.responder.guide import guide, sentences


class Command(BaseCommand):
    """Write three files for one kelurahan: card, text message, poster of a safe point."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which kelurahan, and where to."""
        parser.add_argument("--area", required=True, help="official code, such as 21.72.01.1002")
        parser.add_argument("--out", type=Path, default=Path(), help="folder; default: this one")

    def handle(self, *_args: Any, **told: Any) -> None:
        """Name the files, and how many text messages it takes."""
        area, folder = told["area"], told["out"]
        name = kelurahan_named(area)
        if not name:
            raise CommandError(f"{area} is no kelurahan that was loaded.")
        digits = undotted(area)
        with override("id"):
            for kind, text in _texts(digits, name).items():
                path = folder / f"{kind.format(digits)}"
                path.write_text(text, encoding="utf-8")
                self.stdout.write(str(path))


def _texts(digits: str, name: str) -> dict[str, str]:
    """Each file by the pattern of its name."""
    field, said = printing.field_address(), guide()
    point = printing.address_of("intake:safe_point", area=digits)
    shown = {"guide": said, "area": name}
    return {
        "kartu-{}.html": render_to_string(
            "intake/responder/paper.html", {**shown, "address": field, "qr": printing.qr(field)}
        ),
        "sms-{}.txt": "\n".join(printing.segments(sentences(said, field))) + "\n",
        "poster-{}.html": render_to_string(
            "intake/responder/poster.html", {**shown, "address": point, "qr": printing.qr(point)}
        ),
    }
