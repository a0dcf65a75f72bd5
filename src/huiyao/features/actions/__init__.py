# SPDX-License-Identifier: Apache-2.0
"""Actions after adoption: owner, state, progress.

Actions in the live record are entries of sittings.
"""
