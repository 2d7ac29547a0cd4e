from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField(model_name="batch", name="asked_role"),
        migrations.AddField(
            model_name="batch",
            name="asked_grant_uid",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
