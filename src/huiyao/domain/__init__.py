# SPDX-License-Identifier: Apache-2.0
"""What a meeting is: frozen dataclasses, enums and pure rules.

No Django, no I/O, no clock and no user of its own: the instant and the actor are arguments.
"""
