# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.shell."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
