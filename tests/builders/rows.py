# SPDX-License-Identifier: Apache-2.0
"""All rows of some features, to compare before and after a refusal."""

from django.apps import apps

WATCHED = ("minutes", "actions", "archive", "plumbing")


def everything(labels: tuple[str, ...] = WATCHED) -> dict[str, list[dict[str, object]]]:
    """Every row of the features' tables by model."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for label in labels
        for model in apps.get_app_config(label).get_models()
    }
