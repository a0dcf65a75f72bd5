# SPDX-License-Identifier: Apache-2.0
"""The nouns that own tables, sorted by when they come into being; imports point back in time.

Pages, sockets and JSON belong in ``web``; what joins two nouns forward in time belongs in ``flows``.
"""
