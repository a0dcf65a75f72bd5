# SPDX-License-Identifier: Apache-2.0
"""Why a file handed over was not read, and the limits it is held to."""

from huiyao.domain.refusals import Refusal

MAX_BYTES = 20 * 1024 * 1024
"""A file as uploaded."""
MAX_TEXT = 2_000_000
"""Characters after decoding or unpacking: ten times the longest transcript known."""
MAX_UNPACKED = 40 * 1024 * 1024
"""Bytes of one part of a zip after unpacking."""
MAX_RATIO = 200
"""Unpacked to packed size of one part; ordinary Word files stay below 30."""
MAX_DEPTH = 200
"""Elements inside each other, in XML, HTML and JSON."""
MAX_LINES = 100_000
"""Lines of text in one file."""


class UploadTooLarge(Refusal):
    """The file goes over a limit. Facts: ``what`` (bytes, text, lines, unpacked, ratio, depth), ``limit``."""

    code = "upload_too_large"


class UploadUnreadable(Refusal):
    """The file is not what it claims to be. Facts: ``reason``.

    Reasons: ``empty``, ``binary``, ``encoding``, ``not_word``, ``bad_xml``, ``entities``, ``encrypted``, ``bad_json``,
    ``no_speech``.
    """

    code = "upload_unreadable"
