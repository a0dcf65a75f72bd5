# SPDX-License-Identifier: Apache-2.0
"""What can be done to the directory, one intention per file."""
