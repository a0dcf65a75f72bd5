# SPDX-License-Identifier: Apache-2.0
"""Whether this process can serve: a real query, since a database that only accepts connections is not enough."""

from django.http import HttpRequest, JsonResponse

from huiyao import __version__
from huiyao.features.organisation.reads import find_organisation


def healthz(request: HttpRequest) -> JsonResponse:
    """200 with the version when the database answers a query; the server's 500 otherwise."""
    del request
    return JsonResponse({"ok": True, "version": __version__, "ready": find_organisation() is not None})
