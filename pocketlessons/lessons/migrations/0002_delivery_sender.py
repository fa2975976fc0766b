"""Who sent a delivery, so that a curator's own list is one walk along an index."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def name_the_curator(apps, schema_editor):
    Delivery = apps.get_model("lessons", "Delivery")
    Connection = apps.get_model("people", "Connection")
    curator = Connection.objects.filter(pk=models.OuterRef("connection_id")).values("curator_id")[:1]
    Delivery.objects.filter(sender=None).update(sender_id=models.Subquery(curator))


class Migration(migrations.Migration):
    dependencies = [
        ("lessons", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="sender",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(name_the_curator, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="delivery",
            name="sender",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("unsent_at", None)),
                fields=["sender", "-sent_at"],
                name="delivery_by_sender",
            ),
        ),
    ]
