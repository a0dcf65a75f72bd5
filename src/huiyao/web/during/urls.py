# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.during: the live room, and its record as a plain page."""

from django.urls import path

from huiyao.web.during import record_page, room_page

urlpatterns = [
    path("meetings/<uuid:meeting_id>/room/", room_page.room, name="room"),
    path("meetings/<uuid:meeting_id>/record/", record_page.record, name="record"),
    path("meetings/<uuid:meeting_id>/record/add/", record_page.add_lines, name="record_add"),
]
