# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.during."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
