# SPDX-License-Identifier: Apache-2.0
"""Handing mail to a mail server (RFC 5321), invitations as iMIP (RFC 6047); and what went wrong, in stable codes.

When the server is down, every letter fails as temporary and stays with its sender, who tries again later.
"""

from huiyao.gateways.smtp.carrier import Carrier, NoCarrier, Server, SmtpCarrier
from huiyao.gateways.smtp.letter import Enclosure, Letter, compose
from huiyao.gateways.smtp.rich import as_html
from huiyao.gateways.smtp.trouble import NotDelivered

__all__ = ["Carrier", "Enclosure", "Letter", "NoCarrier", "NotDelivered", "Server", "SmtpCarrier", "as_html", "compose"]
