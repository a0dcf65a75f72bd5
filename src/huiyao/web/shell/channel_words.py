# SPDX-License-Identifier: Apache-2.0
"""Channels in words: kinds, their fields, and what each trouble means with its remedy.

The codes are those of ``gateways.outcome``; a remedy may differ by kind of channel.
"""

from django.utils.translation import gettext, gettext_noop

from huiyao.web.shell.mail_words import Trouble

KINDS: dict[str, tuple[str, str]] = {
    # kind: its name, what it is for
    "dingtalk_app": (gettext_noop("DingTalk application"), gettext_noop("Messages to persons, as work notifications.")),
    "wecom_app": (gettext_noop("WeCom application"), gettext_noop("Messages to persons.")),
    "feishu_app": (gettext_noop("Feishu application"), gettext_noop("Messages to persons, also with Lark.")),
    "dingtalk_robot": (gettext_noop("DingTalk group robot"), gettext_noop("Notices in a group.")),
    "wecom_robot": (gettext_noop("WeCom group robot"), gettext_noop("Notices in a group.")),
    "feishu_robot": (gettext_noop("Feishu group bot"), gettext_noop("Notices in a group, also with Lark.")),
    "webhook": (gettext_noop("Webhook"), gettext_noop("Notices to a system of your own, signed (Standard Webhooks).")),
    "apprise": (gettext_noop("Other service (apprise)"), gettext_noop("Notices to Slack, Teams, ntfy and others.")),
}
MAIL_NAME = gettext_noop("Mail")

FIELDS: dict[str, tuple[str, str]] = {
    # field: its label, a hint
    "app_key": (gettext_noop("Client ID (AppKey)"), gettext_noop("On the application's page, under Credentials.")),
    "app_secret": (gettext_noop("Secret"), gettext_noop("Stored encrypted and never shown again.")),
    "agent_id": (gettext_noop("AgentId"), gettext_noop("A number, on the application's page.")),
    "corp_id": (gettext_noop("Company ID (CorpID)"), gettext_noop("Under My company.")),
    "app_id": (gettext_noop("App ID"), gettext_noop("Begins with cli_.")),
    "token": (
        gettext_noop("Token in the robot's address"),
        gettext_noop("What follows access_token=, key= or /hook/ there. Stored encrypted and never shown again."),
    ),
    "secret": (
        gettext_noop("Signing secret"),
        gettext_noop("Where the robot signs. Stored encrypted and never shown again."),
    ),
    "url": (
        gettext_noop("Apprise address"),
        gettext_noop("Such as slack://… or ntfy://…; stored encrypted and never shown again."),
    ),
    "keyword": (gettext_noop("Keyword"), gettext_noop("Where the robot asks for one; it is added to each notice.")),
    "base_url": (gettext_noop("Address of the service"), gettext_noop("Change it for an international tenant.")),
    "api_url": (gettext_noop("Address of the new interface"), ""),
}
BOXES: dict[str, tuple[str, str]] = {
    # a box to tick: its label, a hint
    "to_dos": (
        gettext_noop("Owners get their actions as DingTalk to-dos"),
        gettext_noop("Needs the right Todo.Todo.Write and each person's unionId."),
    ),
    "mentions": (
        gettext_noop("Call owners of actions by name when minutes go out"),
        gettext_noop("The group then sees who has an action."),
    ),
}
NOTICES = {
    "minutes": gettext_noop("Minutes went out"),
    "invitation": gettext_noop("An invitation went out"),
}
ADDRESSES: dict[str, tuple[str, str]] = {
    "dingtalk_user_id": (gettext_noop("DingTalk userId"), gettext_noop("For messages. Not the unionId.")),
    "dingtalk_union_id": (gettext_noop("DingTalk unionId"), gettext_noop("For to-dos.")),
    "wecom_user_id": (gettext_noop("WeCom account (userid)"), ""),
    "feishu_open_id": (
        gettext_noop("Feishu open_id"),
        gettext_noop("Begins with ou_, different for each application."),
    ),
    "mobile": (gettext_noop("Mobile number"), gettext_noop("To be called by name in groups.")),
}

WORDS: dict[str, tuple[str, str]] = {
    # code: what is wrong, what to do
    "wrong_secret": (
        gettext_noop("The service does not accept the credentials"),
        gettext_noop("Copy ID and secret again from the application's page; a secret reset there is new here too."),
    ),
    "token_refused": (
        gettext_noop("The service does not accept its own token"),
        gettext_noop("Copy ID and secret again, and check that the application is not disabled."),
    ),
    "bad_token": (
        gettext_noop("The service does not know this robot or address"),
        gettext_noop("Copy the robot's address again: it may have been removed from the group or made anew."),
    ),
    "sign_mismatch": (
        gettext_noop("The signature does not fit"),
        gettext_noop(
            "Enter the signing secret of this robot, and check this machine's clock: an hour off is too much."
        ),
    ),
    "keyword_missing": (
        gettext_noop("The robot asks for a keyword"),
        gettext_noop("Enter one of the keywords from the robot's security settings."),
    ),
    "address_not_trusted": (
        gettext_noop("This machine's address is not trusted"),
        gettext_noop("Add the address in the answer below to the trusted addresses of the application or robot."),
    ),
    "no_rights": (
        gettext_noop("The application lacks a right, or its AgentId is another"),
        gettext_noop(
            "Check the AgentId and give the right to send messages; publish the application again after that."
        ),
    ),
    "not_installed": (
        gettext_noop("The library for this channel is not installed"),
        gettext_noop("Install huiyao[apprise] on this machine and start again."),
    ),
    "no_to_do_rights": (
        gettext_noop("The application may not handle to-dos"),
        gettext_noop(
            "Give it the right Todo.Todo.Write and publish it again, or untick the to-dos. Messages work already."
        ),
    ),
    "unknown_to_do": (gettext_noop("Somebody deleted the to-do there"), gettext_noop("It is not made again.")),
    "address_refused": (
        gettext_noop("This address leads into an inner network"),
        gettext_noop("If that is meant, tick “inside our own network”."),
    ),
    "unknown_recipient": (
        gettext_noop("The service does not know this person"),
        gettext_noop(
            "Check their id in the directory, and that they may see the application. The next channel is used."
        ),
    ),
    "duplicate_text": (
        gettext_noop("The same text was sent to this person today already"),
        gettext_noop("DingTalk drops it. The next channel is used."),
    ),
    "daily_cap": (
        gettext_noop("The daily number of messages to this person is used up"),
        gettext_noop("The next channel is used."),
    ),
    "content_forbidden": (
        gettext_noop("The service does not let this text pass"),
        gettext_noop("Copy the text and pass it on."),
    ),
    "message_too_long": (gettext_noop("The message is too long"), gettext_noop("Copy the text and pass it on.")),
    "bad_message": (
        gettext_noop("The service cannot read the message"),
        gettext_noop("Copy the text and pass it on, and tell your administrator."),
    ),
    "refused_by_service": (gettext_noop("The service refuses"), gettext_noop("Its answer below says why.")),
    "too_fast": (
        gettext_noop("The service asks to slow down"),
        gettext_noop("Nothing needs to be done: it goes on by itself, in order."),
    ),
    "service_down": (
        gettext_noop("The service is in trouble"),
        gettext_noop("Nothing needs to be done: it is tried again by itself."),
    ),
    "bad_answer": (
        gettext_noop("The answer cannot be read"),
        gettext_noop("Is something between here and the service, such as a proxy or a sign-in page?"),
    ),
    "unreachable": (
        gettext_noop("The service cannot be reached"),
        gettext_noop("Check the address, this machine's DNS and its firewall."),
    ),
    "timed_out": (
        gettext_noop("The service does not answer in time"),
        gettext_noop("Nothing needs to be done: it is tried again by itself."),
    ),
    "broken_off": (
        gettext_noop("The connection to the service broke off"),
        gettext_noop("Nothing needs to be done: it is tried again by itself."),
    ),
    "bad_certificate": (
        gettext_noop("The service's certificate is not valid"),
        gettext_noop("Check the address; for your own authority, add it to this machine."),
    ),
    "uncertain": (
        gettext_noop("It may have arrived or not"),
        gettext_noop("Look in the group. If it is not there, send it again."),
    ),
    "bad_file": (
        gettext_noop("The service does not accept the file"),
        gettext_noop("It was kept too long before it was sent: send it again."),
    ),
    "file_too_large": (
        gettext_noop("The file is too large or empty"),
        gettext_noop("A group takes files up to 20 MB. Pass the address on instead."),
    ),
    "file_missing": (
        gettext_noop("The file is not in the data folder any more"),
        gettext_noop("Bring the data folder back from a backup, then send it again."),
    ),
    "combined": (
        gettext_noop("A later change came within minutes"),
        gettext_noop("One message tells of both."),
    ),
    "channel_removed": (gettext_noop("The channel was removed"), gettext_noop("The next channel is used.")),
}


def trouble_over_channel(error: str) -> Trouble | None:
    """The words of ``error`` (code, space, detail) over a chat, or None when there is none."""
    code, _, detail = error.partition(" ")
    if not code:
        return None
    what, remedy = WORDS.get(code, (code, ""))
    return Trouble(gettext(what), gettext(remedy) if remedy else "", detail)


def kind_name(kind: str) -> str:
    """A kind of channel, or mail, in the active language."""
    return gettext(KINDS[kind][0] if kind in KINDS else MAIL_NAME)
