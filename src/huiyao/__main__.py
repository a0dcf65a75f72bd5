# SPDX-License-Identifier: Apache-2.0
"""``python -m huiyao``."""

import sys

from huiyao.project.commandline import main

if __name__ == "__main__":
    sys.exit(main())
