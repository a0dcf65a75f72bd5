# SPDX-License-Identifier: Apache-2.0
"""Who may come in at all. What they may see inside is asked of each feature's access."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from huiyao.domain.refusals import NotFound
from huiyao.web.shell.refusals import SignInNeeded

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(view: View[P]) -> View[P]:
    """Only for somebody signed in; others are led to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.actor is None:
            if "application/json" in request.headers.get("Accept", ""):
                raise SignInNeeded
            return redirect(f"/accounts/login/?next={quote(request.get_full_path())}")
        return view(request, *args, **kwargs)

    return guarded


def administrator_only(view: View[P]) -> View[P]:
    """Only for an administrator; to others the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.actor.administrator:
            raise NotFound
        return view(request, *args, **kwargs)

    return signed_in(guarded)
