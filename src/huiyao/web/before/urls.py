# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.before."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
