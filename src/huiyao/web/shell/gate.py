# SPDX-License-Identifier: Apache-2.0
"""Who may come in at all. What they may see inside is asked of each feature's access."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from huiyao.domain.refusals import NotFound
from huiyao.web.shell.refusals import SignInNeeded

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponse]


def signed_in(view: View[R, P]) -> View[R, P]:
    """Only for somebody signed in; others are led to the sign-in page and back."""

    @wraps(view)
    def guarded(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            if "application/json" in request.headers.get("Accept", ""):
                raise SignInNeeded
            return redirect(f"/accounts/login/?next={quote(request.get_full_path())}")
        return view(request, *args, **kwargs)

    return cast("View[R, P]", guarded)


def administrator_only(view: View[R, P]) -> View[R, P]:
    """Only for an administrator; to others the page does not exist."""

    @wraps(view)
    def guarded(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not getattr(request, "actor").administrator:  # noqa: B009 typed where views declare it
            raise NotFound
        return view(request, *args, **kwargs)

    return signed_in(cast("View[R, P]", guarded))
