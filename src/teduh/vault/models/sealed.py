"""What is sealed: compartments, wraps, items, files, cards, and what is said of them."""

from typing import ClassVar

from django.db import models


class Arriving(models.Model):
    """A file on its way into the store, noted before its first byte.

    It lies beside the unit keys because it must stand when the file's own row is rolled back, or
    never written: then the clock clears what came of it.
    """

    item = models.CharField(max_length=22, unique=True)
    at = models.DateTimeField(db_index=True)

    privacy: ClassVar[dict[str, str]] = {"item": "open", "at": "open"}

    def __str__(self) -> str:
        return self.item


class Compartment(models.Model):
    """A descriptor: whose, which part, which generation.

    `spent`: somebody who may read no more holds its key, so nothing is sealed into it any more.
    """

    subject = models.CharField(max_length=40, db_index=True)
    comp = models.CharField(max_length=16)
    gen = models.PositiveIntegerField()
    d = models.BinaryField()
    cmp = models.CharField(max_length=43, unique=True)
    # Whose browser made it, and that member's signature; a reporter's are named by her hello.
    by = models.CharField(max_length=80, blank=True)
    sig = models.BinaryField(blank=True, default=b"")
    spent = models.BooleanField(default=False)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("subject", "comp", "gen", "d", "cmp", "by", "sig", "spent"), "open"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "comp", "gen"], name="vault_one_generation")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.comp} {self.gen}"


class SecondLook(models.Model):
    """A member's signed word that their browser opened wraps that a colleague's had made anew."""

    by = models.CharField(max_length=80)
    body = models.BinaryField()
    sig = models.BinaryField()
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("by", "body", "sig", "at"), "open")

    def __str__(self) -> str:
        return f"{self.by} {self.at}"


class Wrap(models.Model):
    """A compartment key sealed to one recipient, then enclosed under the subject's unit key.

    `by`: whose browser made it anew when an epoch had ended; empty for what came with the
    compartment. `opened`: who else's browser opened it then.
    """

    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="wraps")
    kid = models.CharField(max_length=80)
    stored = models.BinaryField()
    by = models.CharField(max_length=32, blank=True)
    opened = models.ForeignKey(
        SecondLook, null=True, blank=True, on_delete=models.PROTECT, related_name="wraps"
    )

    privacy: ClassVar[dict[str, str]] = {
        "compartment": "open",
        "kid": "open",
        "stored": "sealed",
        "by": "open",
        "opened": "open",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kid", "compartment"], name="vault_wrap_kid")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["compartment", "kid"], name="vault_wrap_once")
        ]

    def __str__(self) -> str:
        return f"{self.compartment_id} to {self.kid}"


class Envelope(models.Model):
    """One sealed item. A file's body lies in the store; its pieces are counted here."""

    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(max_length=22, unique=True)
    what = models.CharField(max_length=48)
    seq = models.PositiveIntegerField()
    hdr = models.BinaryField()
    ct = models.BinaryField(blank=True, default=b"")
    sig = models.BinaryField(blank=True, default=b"")
    pieces = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    whole = models.BooleanField(default=True)

    privacy: ClassVar[dict[str, str]] = {
        "compartment": "open",
        "item": "open",
        "what": "open",
        "seq": "open",
        "hdr": "open",
        "ct": "sealed",
        "sig": "open",
        "pieces": "open",
        "size": "open",
        "whole": "open",
    }

    def __str__(self) -> str:
        return f"{self.what} {self.item}"


class Upload(models.Model):
    """A file on its way: when its last piece came, and how its sender gets back to it.

    `resume` holds the content key, for whoever has the code and the same file (decision 17). Gone
    as soon as the file is whole.
    """

    file = models.OneToOneField(Envelope, on_delete=models.CASCADE, related_name="upload")
    card = models.OneToOneField(
        Envelope, null=True, on_delete=models.CASCADE, related_name="card_of"
    )
    resume = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    privacy: ClassVar[dict[str, str]] = {
        "file": "open",
        "card": "open",
        "resume": "sealed",
        "at": "open",
    }

    def __str__(self) -> str:
        return f"{self.file_id} on its way"


class Card(models.Model):
    """What a team's list shows of a subject. Its ciphertext lies under the subject's unit key.

    `made_of`: in a case the items of persons it was made of, by name; newer ones ask for a new card.
    """

    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="cards")
    subject = models.CharField(max_length=40)
    team_code = models.CharField(max_length=32)
    item = models.CharField(max_length=22, unique=True)
    hdr = models.BinaryField()
    stored = models.BinaryField()
    sig = models.BinaryField()
    made_of = models.CharField(max_length=120, blank=True)

    privacy: ClassVar[dict[str, str]] = {
        "compartment": "open",
        "subject": "open",
        "team_code": "open",
        "item": "open",
        "hdr": "open",
        "stored": "sealed",
        "sig": "open",
        "made_of": "open",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "team_code"], name="vault_card_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} for {self.team_code}"


class Acceptance(models.Model):
    """The first staff browser's signature of a reporter's hello."""

    subject = models.CharField(max_length=40, unique=True)
    body = models.BinaryField()
    sig = models.BinaryField()
    by = models.CharField(max_length=80)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("subject", "body", "sig", "by"), "open")

    def __str__(self) -> str:
        return self.subject


class Renewal(models.Model):
    """A new code of a ticket: the signature of who stands for the hello that begins a chat.

    Whoever held the code before, or an officer where it was lost.
    """

    subject = models.CharField(max_length=40)
    gen = models.PositiveIntegerField()
    body = models.BinaryField()
    sig = models.BinaryField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("subject", "gen", "body", "sig"), "open")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "gen"], name="vault_one_renewal")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.gen}"


class ReporterKey(models.Model):
    """The public keys of whoever holds a ticket's code; needed to check what she writes."""

    subject = models.CharField(max_length=40, unique=True)
    kotak = models.BinaryField()
    tanda = models.BinaryField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("subject", "kotak", "tanda"), "open")

    def __str__(self) -> str:
        return self.subject
