# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.after."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
