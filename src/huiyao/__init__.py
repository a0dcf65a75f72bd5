# SPDX-License-Identifier: Apache-2.0
"""Huiyao: cross-department meetings from the question whether to meet to the last closed action."""

__version__ = "0.1.0"
