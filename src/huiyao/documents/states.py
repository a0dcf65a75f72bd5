# SPDX-License-Identifier: Apache-2.0
"""The states of minutes that a document shows as its seal."""

from enum import StrEnum


class PaperState(StrEnum):
    """draft → in review ⇄ returned → circulated → final, as the product names them."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    CIRCULATED = "circulated"
    FINAL = "final"
