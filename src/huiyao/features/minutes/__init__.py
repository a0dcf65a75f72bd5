# SPDX-License-Identifier: Apache-2.0
"""Minutes: versions, review, circulation, answers.

The record they are made from is in sittings.
"""
