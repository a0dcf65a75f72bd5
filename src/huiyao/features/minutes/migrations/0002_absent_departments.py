# What somebody answers for a department nobody of which was at the meeting.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("minutes", "0001_initial")]

    operations = [
        migrations.AddField("answer", "absent", models.JSONField(default=list)),
        migrations.AddField("answer", "lines", models.JSONField(default=list)),
    ]
