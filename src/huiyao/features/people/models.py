# SPDX-License-Identifier: Apache-2.0
"""Tables of the directory. A person is also the account that signs in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from huiyao.plumbing.ids import uuid7


class Department(models.Model):
    """A department in the tree. People change posts; departments stay accountable."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    head = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "name")
        constraints = (models.UniqueConstraint(fields=("parent", "name"), name="department_name_under_parent"),)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds persons for sign-in: by login name, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this login name."""
        return self.get(login__iexact=username)

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> "Person":
        """A new person; without a password nobody can sign in as them until they set one by link."""
        person = self.model(login=login, **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """A person of the directory, or a guest from outside (``guest``), who only ever comes by signed link.

    ``channels`` are the kinds of channels they prefer, in order; empty for the usual order. ``zone`` is their IANA
    zone, empty for the organisation's. ``muted`` are informing kinds of messages they switched off
    (``domain.notices``), ``digest`` says how the morning's digest comes, ``feed_meetings`` and ``feed_duties`` what
    their calendar feed holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    email = models.EmailField(max_length=254, blank=True)
    title = models.CharField(max_length=80, blank=True)
    company = models.CharField(max_length=120, blank=True)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    administrator = models.BooleanField(default=False)
    guest = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    name_keys = models.CharField(max_length=400, blank=True)
    channels = models.JSONField(default=list)
    zone = models.CharField(max_length=60, blank=True)
    muted = models.JSONField(default=list)
    digest = models.CharField(max_length=10, blank=True)
    feed_meetings = models.BooleanField(default=True)
    feed_duties = models.CharField(max_length=10, default="events")
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    handed_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        indexes = (models.Index(fields=("department", "name"), name="person_department"),)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as written in the directory."""
        return self.name


class PersonAddress(models.Model):
    """An id of a person at a vendor, or their mobile number; ``kind`` is one of ``domain.channels.ADDRESS_KINDS``."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    value = models.CharField(max_length=128)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "kind"), name="address_one_of_a_kind"),
            models.UniqueConstraint(fields=("kind", "value"), name="address_of_one_person"),
        )


class ApiToken(models.Model):
    """A personal token for /api/v1; only its hash is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Told(models.Model):
    """A reminder a person was given, by its key, and the key of the message that told them; twice is once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    message = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("message",), name="told_message"),)
