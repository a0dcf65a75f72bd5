# SPDX-License-Identifier: Apache-2.0
"""One file per verb of the command line, with ``arguments(parser)`` and ``run(options)``.

No rule and no table: a verb calls commands and reads, as a page does.
"""
