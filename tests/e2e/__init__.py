# SPDX-License-Identifier: Apache-2.0
"""One whole meeting: once in six browsers, once through the API alone."""
