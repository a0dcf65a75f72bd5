# SPDX-License-Identifier: Apache-2.0
"""What can be done to the topics and materials of a meeting, one intention per file."""
