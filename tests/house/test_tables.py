# SPDX-License-Identifier: Apache-2.0
"""Foreign keys obey the arrow of time, as imports do; import-linter cannot see them."""

from django.apps import apps
from django.db import models

BIRTH = (
    "plumbing", "organisation", "people", "calendars", "meetings", "agenda",
    "invitations", "sittings", "minutes", "actions", "archive",
)  # fmt: skip


def relations() -> list[tuple[models.Field, str, str]]:
    found = []
    for label in BIRTH:
        for model in apps.get_app_config(label).get_models():
            found += [
                (field, label, field.related_model._meta.app_label)
                for field in model._meta.get_fields()
                if isinstance(field, models.ForeignKey | models.OneToOneField)
            ]
    return found


def test_a_table_refers_only_to_tables_born_before_it() -> None:
    wrong = [str(f) for f, own, other in relations() if other in BIRTH and BIRTH.index(other) > BIRTH.index(own)]
    assert not wrong


def test_a_relation_across_features_leaves_no_attribute_behind() -> None:
    wrong = [str(f) for f, own, other in relations() if own != other and f.remote_field.related_name != "+"]
    assert not wrong
