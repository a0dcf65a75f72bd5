# SPDX-License-Identifier: Apache-2.0
"""HTTP and sockets in, HTML and JSON out.

Owns no tables and no rules; nothing imports it.
"""
