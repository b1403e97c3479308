"""Messages to telephones, each under a key of its own, and why one was given up."""

import uuid

from django.db import migrations, models


def give_keys(apps, _schema_editor):
    messages = apps.get_model("outbox", "Message").objects
    for pk in messages.filter(delivered_at=None, given_up_at=None).values_list("pk", flat=True):
        messages.filter(pk=pk).update(key=uuid.uuid4().hex)


class Migration(migrations.Migration):
    dependencies = [("outbox", "0005_something_is_late")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="channel",
            field=models.CharField(
                choices=[("email", "surel"), ("sms", "SMS"), ("whatsapp", "WhatsApp")],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="key",
            field=models.CharField(default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="message",
            name="ticket",
            field=models.CharField(blank=True, db_index=True, default="", max_length=16),
        ),
        migrations.AddField(
            model_name="message",
            name="danger",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="ended",
            field=models.CharField(
                blank=True,
                choices=[
                    ("old", "sehari menunggu"),
                    ("tries", "terlalu sering dicoba"),
                    ("refused", "ditolak jalurnya"),
                    ("unreadable", "tidak terbaca lagi"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True),
    ]
