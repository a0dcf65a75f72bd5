# SPDX-License-Identifier: Apache-2.0
"""Addresses of /api/v1."""

from django.urls import path

from huiyao.web.api import (
    actions,
    administration,
    agenda,
    calls,
    clock,
    directory,
    guests,
    late,
    meetings,
    minutes,
    own,
    review,
    room,
    word_form,
)
from huiyao.web.api.door import api

api.add_router("", directory.router)
api.add_router("", own.router)
api.add_router("", administration.router)
api.add_router("", word_form.router)
api.add_router("/meetings", guests.router)
api.add_router("/meetings", meetings.router)
api.add_router("/meetings", agenda.router)
api.add_router("/meetings", room.router)
api.add_router("/meetings", clock.router)
api.add_router("/meetings", calls.router)
api.add_router("/meetings", calls.after)
api.add_router("", calls.decisions)
api.add_router("/meetings", late.router)
api.add_router("/meetings", minutes.router)
api.add_router("/meetings", review.router)
api.add_router("", actions.router)

urlpatterns = [path("api/v1/", api.urls)]
