# SPDX-License-Identifier: Apache-2.0
"""Tables of the organisation."""

from django.db import models

from huiyao.plumbing.ids import uuid7
from huiyao.plumbing.secrets import EncryptedTextField


class Organisation(models.Model):
    """The one organisation of an installation. ``hours`` is ``[["09:00", "12:00"], ...]`` in local time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    language = models.CharField(max_length=10, default="zh-hans")
    hours = models.JSONField(default=list)
    weekdays = models.JSONField(default=list)
    demo = models.BooleanField(default=False)
    mail_from = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class PolicyVersion(models.Model):
    """One version of the policy; clocks remember the version they were started under."""

    number = models.PositiveIntegerField(primary_key=True)
    figures = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120, blank=True)


class Channel(models.Model):
    """A channel of ``domain.channels``. ``settings``: its plain fields; ``secrets``: the others as JSON, encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    settings = models.JSONField(default=dict)
    secrets = EncryptedTextField(default="")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("created_at", "id")
