# SPDX-License-Identifier: Apache-2.0
"""The company's own Word form: checked at upload, filled with minutes in a bounded process of its own.

This package's top imports nothing heavy; ``rendering`` and ``screening`` are loaded only inside that process.
"""

from huiyao.documents.forms.fields import FIELDS, TRADITIONAL
from huiyao.documents.forms.filling import FormReport, check_form, fill_form, preview_form, starter_form
from huiyao.documents.forms.refusals import FormRefused, Place

__all__ = [
    "FIELDS",
    "TRADITIONAL",
    "FormRefused",
    "FormReport",
    "Place",
    "check_form",
    "fill_form",
    "preview_form",
    "starter_form",
]
