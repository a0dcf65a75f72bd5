# SPDX-License-Identifier: Apache-2.0
"""What can be done to a meeting, one intention per file."""
