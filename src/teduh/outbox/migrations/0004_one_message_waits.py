"""A message with the same text to the same address waits once."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_password_guessed")]

    operations = [
        migrations.RemoveConstraint(model_name="message", name="outbox_address_erased"),
        migrations.AddField(
            model_name="message",
            name="twin",
            field=models.BinaryField(blank=True, db_index=True, default=b""),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=Q(delivered_at__isnull=True, given_up_at__isnull=True)
                | Q(address=b"", link=b"", twin=b""),
                name="outbox_address_erased",
            ),
        ),
    ]
