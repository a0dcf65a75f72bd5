# SPDX-License-Identifier: Apache-2.0
"""What can be done to invitations, one intention per file."""
