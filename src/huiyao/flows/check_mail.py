# SPDX-License-Identifier: Apache-2.0
"""Whether the mail server takes us in: reached, secured and signed in, without sending anything."""

from django.conf import settings

from huiyao.gateways.smtp import NotDelivered, SmtpCarrier

CHECK_SECONDS = 20.0


def check_mail() -> NotDelivered | None:
    """What is wrong with the mail set-up, or None; takes ``CHECK_SECONDS`` at most."""
    if settings.HUIYAO.mail is None:
        return NotDelivered("no_mail_server", server=True)
    carrier = SmtpCarrier(settings.HUIYAO.mail, step=CHECK_SECONDS / 2, whole=CHECK_SECONDS)
    try:
        carrier.check()
    except NotDelivered as trouble:
        return trouble
    finally:
        carrier.close()
    return None
