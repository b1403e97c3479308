from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def say_nothing_of_others(apps: StateApps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Tickets that were told of another report say what a ticket that was taken says."""
    told = apps.get_model("tickets", "Ticket").objects.filter(next_step="joined")
    told.update(next_step="assess")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [
        migrations.RunPython(say_nothing_of_others, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="ticket",
            name="next_step",
            field=models.CharField(
                choices=[
                    ("read", "Petugas membaca laporan Anda, paling lama 24 jam sejak dikirim."),
                    ("assess", "Petugas menelaah kebutuhan dan keselamatan Anda."),
                    (
                        "answer",
                        "Kami menunggu jawaban Anda di halaman pesan. Tidak perlu tergesa.",
                    ),
                    ("partner", "Lembaga yang tepat menerima laporan ini dan menindaklanjuti."),
                    ("guided", "Kami sudah mengirim arahan di halaman pesan."),
                    ("return", "Tidak ada langkah lagi. Anda bisa membuka lagi kapan saja."),
                ],
                default="read",
                max_length=16,
            ),
        ),
    ]
