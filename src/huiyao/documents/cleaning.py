# SPDX-License-Identifier: Apache-2.0
"""What typed text may not bring into a file: characters XML forbids or that reorder the reading."""

import re

REPLACEMENT = "〓"  # U+3013, the printers' mark for a sign that is not to be had; every Chinese font has it
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters (XML 1.0, section 2.2)
    r"\u202a-\u202e\u2066-\u2069"  # direction overrides
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # half surrogates and noncharacters
)


def clean(text: str) -> str:
    """``text`` with one kind of line break (LF), each forbidden character visibly replaced by 〓."""
    return _FORBIDDEN.sub(REPLACEMENT, _BREAKS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """``clean`` text with all white space, line breaks included, as single spaces."""
    return " ".join(clean(text).split())
