# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.feeds."""

from django.urls import URLPattern, path

from huiyao.web.feeds import feed

urlpatterns: list[URLPattern] = [
    path("feeds/<str:token>.ics", feed.feed),
]
