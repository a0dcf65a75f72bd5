# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.during: the live room."""

from django.urls import path

from huiyao.web.during import room_page

urlpatterns = [path("meetings/<uuid:meeting_id>/room/", room_page.room, name="room")]
