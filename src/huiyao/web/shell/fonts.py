# SPDX-License-Identifier: Apache-2.0
"""Fonts for rare characters: which names of the directory lack a glyph, trying a text, adding and removing a font."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from huiyao.domain.refusals import Refusal
from huiyao.flows import added_fonts
from huiyao.web.shell import notice
from huiyao.web.shell.gate import administrator_only
from huiyao.web.shell.refusals import status_of, words_of
from huiyao.web.shell.request import Request

HOME = "/settings/fonts/"
TRIED_MOST = 200


@administrator_only
def fonts(request: Request) -> HttpResponse:
    """What is missing and what was added; a font that is sent in is looked at and put into the folder."""
    refusal: Refusal | None = None
    if request.method == "POST":
        sent = request.FILES.get("file")
        content = sent.read(added_fonts.MOST_BYTES + 1) if sent is not None else b""
        name = (sent.name or "") if sent is not None else ""
        try:
            font = added_fonts.add_font(content, name, by=request.actor, at=request.at)
        except Refusal as found:
            refusal = found
        else:
            facts = {"name": font.name, "n": font.characters}
            notice.add(request, gettext("“%(name)s” is in use: %(n)s characters.") % facts)
            return redirect(HOME)
    tried = request.GET.get("try", "")[:TRIED_MOST]
    context = {
        "fonts": added_fonts.fonts_added(),
        "names": added_fonts.undrawn_names(),
        "tried": tried,
        "lacking": added_fonts.undrawn(tried),
        "error": words_of(refusal) if refusal else "",
    }
    return render(request, "shell/fonts.html", context, status=status_of(refusal) if refusal else 200)


@administrator_only
@require_POST
def remove(request: Request) -> HttpResponse:
    """Take a font out."""
    added_fonts.remove_font(request.POST.get("name", ""), by=request.actor, at=request.at)
    notice.add(request, gettext("The font is removed."))
    return redirect(HOME)
