# SPDX-License-Identifier: Apache-2.0
"""What happens across features: one file per event or clock, the only place that closes the loop.

No rule and no table of its own: flows call reads and commands.
"""
