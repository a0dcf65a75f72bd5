# SPDX-License-Identifier: Apache-2.0
"""Secrets never reach a log: tokens in links, keys and signatures in URLs, passwords in addresses."""

import logging
import re

SECRETS = re.compile(
    r"(?P<keep>/l/[a-z-]+/|/feeds/|(?:access_token|token|key|sign|secret|password|sessionid|huiyao_session)=|Bearer\s+"
    r"|://[^/\s:@]+:|huiyao_(?=[\w-]{20}))(?P<secret>[^\s&\"'<>@/;,]{4,})",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """The text with every secret replaced by three dots."""
    return SECRETS.sub(lambda match: f"{match['keep']}…", text)


class SecretFilter(logging.Filter):
    """Redacts each record before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the finished message and the text of an exception; always lets the record pass."""
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True
