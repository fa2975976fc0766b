"""Whether a lesson stands delivered to somebody, so that drafts are found without looking at every lesson."""

from django.db import migrations, models


def look_who_has_what(apps, schema_editor):
    Lesson = apps.get_model("lessons", "Lesson")
    Delivery = apps.get_model("lessons", "Delivery")
    standing = Delivery.objects.filter(lesson=models.OuterRef("pk"), unsent_at=None)
    Lesson.objects.filter(models.Exists(standing)).update(is_out=True)


class Migration(migrations.Migration):
    dependencies = [("lessons", "0002_delivery_sender")]

    operations = [
        migrations.AddField(model_name="lesson", name="is_out", field=models.BooleanField(default=False)),
        migrations.RunPython(look_who_has_what, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex(model_name="lesson", name="lesson_by_author"),
        migrations.AddIndex(
            model_name="lesson",
            index=models.Index(fields=["author", "is_out", "-updated_at"], name="lesson_by_author"),
        ),
    ]
