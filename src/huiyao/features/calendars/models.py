# SPDX-License-Identifier: Apache-2.0
"""Tables of the working calendar."""

from django.db import models


class CalendarDay(models.Model):
    """A date that differs from its weekday by decision of the administrator: a day of rest or a make-up working day."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=80, blank=True)
