# SPDX-License-Identifier: Apache-2.0
"""What can be done to actions, one intention per file. Each asks ``access`` itself."""
