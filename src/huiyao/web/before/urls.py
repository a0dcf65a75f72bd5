# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.before: lists, plan, invitation, and the links of invitees."""

from django.urls import path

from huiyao.web.before import doors, edits, lists, materials, people, plan, replies, sending, topics

PLAN = "meetings/<uuid:meeting_id>/plan/"
INVITATION = "meetings/<uuid:meeting_id>/invitation/"

urlpatterns = [
    path("meetings/", lists.meetings, name="meetings"),
    path("meetings/new/", lists.new_meeting, name="new_meeting"),
    path("meetings/now/", lists.start_now, name="start_now"),
    path("meetings/<uuid:meeting_id>/", plan.to_plan, name="meeting"),
    path("people/search/", people.search, name="search_people"),
    path(PLAN, plan.show, name="plan"),
    path(PLAN + "fields/", edits.save_fields, name="plan_fields"),
    path(PLAN + "roles/", edits.save_roles, name="plan_roles"),
    path(PLAN + "seats/", people.add_seat, name="plan_seats"),
    path(PLAN + "seats/<uuid:seat_id>/", people.save_seat, name="plan_seat"),
    path(PLAN + "seats/<uuid:seat_id>/remove/", people.remove_seat, name="plan_seat_remove"),
    path(PLAN + "seats/<uuid:seat_id>/people/", people.add_representative, name="plan_representatives"),
    path(
        PLAN + "seats/<uuid:seat_id>/people/<uuid:person_id>/remove/",
        people.remove_representative,
        name="plan_representative_remove",
    ),
    path(PLAN + "guests/", people.add_guest, name="plan_guests"),
    path(PLAN + "guests/<uuid:person_id>/remove/", people.remove_guest, name="plan_guest_remove"),
    path(PLAN + "guests/<uuid:person_id>/link/", people.guest_link, name="plan_guest_link"),
    path(PLAN + "topics/", topics.add, name="plan_topics"),
    path(PLAN + "topics/<uuid:topic_id>/", topics.save, name="plan_topic"),
    path(PLAN + "topics/<uuid:topic_id>/move/", topics.move, name="plan_topic_move"),
    path(PLAN + "topics/<uuid:topic_id>/remove/", topics.remove, name="plan_topic_remove"),
    path(PLAN + "topics/<uuid:topic_id>/restore/", topics.restore, name="plan_topic_restore"),
    path(PLAN + "materials/", materials.add, name="plan_materials"),
    path(PLAN + "materials/<uuid:material_id>/", materials.fetch, name="plan_material"),
    path(PLAN + "materials/<uuid:material_id>/remove/", materials.remove, name="plan_material_remove"),
    path(PLAN + "materials/<uuid:material_id>/restore/", materials.restore, name="plan_material_restore"),
    path(PLAN + "copy/", sending.copy, name="plan_copy"),
    path(PLAN + "reschedule/", sending.reschedule, name="plan_reschedule"),
    path(PLAN + "cancel/", sending.cancel, name="plan_cancel"),
    path(PLAN + "restore/", sending.restore, name="plan_restore"),
    path(INVITATION, sending.preview, name="invitation"),
    path(INVITATION + "send/", sending.send, name="invitation_send"),
    path(INVITATION + "reply/", replies.reply_signed_in, name="invitation_reply"),
    path("l/reply/<str:token>/", replies.by_link, name="reply_link"),
    path("l/reply/<str:token>/materials/<uuid:material_id>/", replies.material, name="reply_material"),
    path("l/room/<str:token>/", doors.into_room, name="room_link"),
]
