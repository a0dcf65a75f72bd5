# SPDX-License-Identifier: Apache-2.0
"""Why a form is refused."""

from huiyao.domain.refusals import Refusal


class FormRefused(Refusal):
    """The Word form cannot be used.

    Facts: ``reason`` and ``detail`` (the name, tag or part meant; may be empty). Reasons: ``not_word``,
    ``too_large``, ``macros``, ``external_link``, ``active_content``, ``syntax``, ``forbidden``, ``broken``,
    ``too_slow``, ``too_much_memory``, ``failed``.
    """

    code = "form_refused"

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail[:200]
        super().__init__(reason=reason, detail=self.detail)
