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


class WordForm(models.Model):
    """One version of the company's Word form, its file kept by SHA-256; at most one is in use.

    ``used_since`` is set while it is in use, ``withdrawn_at`` once it may not be used any more. ``used`` and
    ``unknown`` are the names found when it was uploaded. ``trouble`` is why minutes last could not be filled into it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    used = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    uploaded_by_id = models.CharField(max_length=40)
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    used_since = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=30, blank=True)
    trouble_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)
