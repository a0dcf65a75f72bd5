# SPDX-License-Identifier: Apache-2.0
"""Emptying every table: the end of a demo. Nothing else may use it."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

KEPT_APPS = ("contenttypes", "auth")


@transaction.atomic
def erase_every_row() -> None:
    """Delete all rows of the product, sessions included; the tables and their migrations stay."""
    tables = [
        model._meta.db_table  # noqa: SLF001 Django documents Model._meta
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in KEPT_APPS  # noqa: SLF001 as above
    ]
    statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=True)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
