# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.after: minutes, their answers by link, actions, archive."""

from django.urls import path

from huiyao.web.after import (
    actions_page,
    answers,
    archive_pages,
    comparison,
    decisions,
    exports,
    minutes_acts,
    minutes_page,
    retrospective,
)

MINUTES = "meetings/<uuid:meeting_id>/minutes/"
OBJECTION = MINUTES + "objections/<uuid:objection_id>/"
RETROSPECTIVE = "meetings/<uuid:meeting_id>/retrospective/"
FILING = "archive/<uuid:filing_id>/"

urlpatterns = [
    path(MINUTES, minutes_page.show, name="minutes"),
    path(MINUTES + "compare/", comparison.compare, name="minutes_compare"),
    path(MINUTES + "text/", exports.as_text, name="minutes_text"),
    path(MINUTES + "export/<str:ending>/", exports.export, name="minutes_export"),
    path(MINUTES + "line/", minutes_acts.save_line, name="minutes_line"),
    path(MINUTES + "line/remove/", minutes_acts.remove_line, name="minutes_line_remove"),
    path(MINUTES + "line/add/", minutes_acts.add_line, name="minutes_line_add"),
    path(MINUTES + "action/", minutes_acts.save_action, name="minutes_action"),
    path(MINUTES + "comments/", minutes_acts.comment, name="minutes_comment"),
    path(MINUTES + "comments/<uuid:comment_id>/settle/", minutes_acts.settle, name="minutes_settle"),
    path(MINUTES + "submit/", minutes_acts.submit, name="minutes_submit"),
    path(MINUTES + "return/", minutes_acts.send_back, name="minutes_return"),
    path(MINUTES + "approve/", minutes_acts.approve, name="minutes_approve"),
    path(MINUTES + "send/", minutes_acts.send, name="minutes_send"),
    path(MINUTES + "reopen/", minutes_acts.reopen, name="minutes_reopen"),
    path(MINUTES + "hints/dismiss/", minutes_acts.dismiss_hint, name="minutes_hint_dismiss"),
    path(MINUTES + "late/<uuid:late_id>/take/", minutes_acts.take_late, name="minutes_late_take"),
    path(MINUTES + "late/<uuid:late_id>/leave/", minutes_acts.leave_late, name="minutes_late_leave"),
    path(MINUTES + "confirm/", minutes_acts.confirm, name="minutes_confirm"),
    path(MINUTES + "object/", minutes_acts.object_to, name="minutes_object"),
    path(MINUTES + "opened/", minutes_acts.opened, name="minutes_opened"),
    path(OBJECTION + "accept/", minutes_acts.accept_objection, name="objection_accept"),
    path(OBJECTION + "decline/", minutes_acts.decline_objection, name="objection_decline"),
    path(RETROSPECTIVE, retrospective.show, name="retrospective"),
    path(RETROSPECTIVE + "answer/", retrospective.answer, name="retrospective_answer"),
    path("meetings/<uuid:meeting_id>/next/", retrospective.prepare, name="prepare_next"),
    path("decisions/<uuid:call_id>/", decisions.show, name="decision"),
    path("decisions/<uuid:call_id>/decide/", decisions.save, name="decision_save"),
    path("l/minutes/<str:token>/", answers.by_link, name="minutes_link"),
    path("l/minutes/<str:token>/opened/", answers.opened, name="minutes_link_opened"),
    path("l/minutes/<str:token>/<str:ending>/", answers.document, name="minutes_link_document"),
    path("actions/", actions_page.actions, name="actions"),
    path("actions/export/", actions_page.export, name="actions_export"),
    path("actions/<uuid:action_id>/", actions_page.action, name="action"),
    path("actions/<uuid:action_id>/<str:act>/", actions_page.do, name="action_do"),
    path("archive/", archive_pages.archive, name="archive"),
    path(FILING, archive_pages.filing, name="filing"),
    path(FILING + "bundle/", archive_pages.bundle, name="filing_bundle"),
    path(FILING + "items/<uuid:item_id>/", archive_pages.item, name="filing_item"),
]
