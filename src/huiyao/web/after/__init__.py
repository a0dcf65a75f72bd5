# SPDX-License-Identifier: Apache-2.0
"""Pages after a meeting: minutes, answers, actions, archive.

Documents are made in huiyao.documents.
"""
