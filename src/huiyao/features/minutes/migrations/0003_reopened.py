# Minutes opened again keep when they have to be out corrected.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("minutes", "0002_absent_departments")]

    operations = [
        migrations.AddField("minutes", "reopened_at", models.DateTimeField(null=True)),
        migrations.AddField("minutes", "reopened_due_at", models.DateTimeField(null=True)),
    ]
