# SPDX-License-Identifier: Apache-2.0
"""Every address, by phase; each phase lists its own."""

from django.urls import include, path

from huiyao.web.shell import health, today

urlpatterns = [
    path("", today.home),
    path("healthz", health.healthz),
    path("", include("huiyao.web.shell.urls")),
    path("", include("huiyao.web.before.urls")),
    path("", include("huiyao.web.during.urls")),
    path("", include("huiyao.web.after.urls")),
    path("", include("huiyao.web.feeds.urls")),
    path("", include("huiyao.web.api.urls")),
]

handler400 = "huiyao.web.shell.trouble.unreadable"
handler403 = "huiyao.web.shell.trouble.not_permitted"
handler404 = "huiyao.web.shell.trouble.page_not_found"
handler500 = "huiyao.web.shell.trouble.server_error"
