# SPDX-License-Identifier: Apache-2.0
"""The state that a document shows as its seal is the state of the minutes."""

from huiyao.domain.review import State as PaperState

__all__ = ["PaperState"]
