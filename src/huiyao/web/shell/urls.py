# SPDX-License-Identifier: Apache-2.0
"""Addresses of web.shell."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, path

from huiyao.web.shell import accounts, channels, directory, first_run, import_page, outbox, settings_pages

urlpatterns: list[URLPattern] = [
    path("accounts/login/", accounts.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", allauth_views.logout, name="account_logout"),
    path("accounts/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("l/invite/<str:token>/", accounts.by_link, {"purpose": "invite"}),
    path("l/password/<str:token>/", accounts.by_link, {"purpose": "password"}),
    path("profile/", accounts.profile),
    path("profile/language/", accounts.set_language),
    path("profile/password/", accounts.change_password, name="account_change_password"),
    path("profile/tokens/", accounts.make_token),
    path("profile/tokens/<str:token_id>/revoke/", accounts.revoke_token),
    path("first-run/", first_run.first_run),
    path("first-run/demo/", first_run.load_demo),
    path("welcome/", first_run.welcome),
    path("settings/", settings_pages.to_policy),
    path("settings/demo/leave/", first_run.leave),
    path("settings/policy/", settings_pages.policy),
    path("settings/organisation/", settings_pages.organisation),
    path("settings/calendar/", settings_pages.calendar),
    path("settings/calendar/<str:day>/clear/", settings_pages.clear_calendar_day),
    path("settings/mail/", settings_pages.mail),
    path("settings/channels/", channels.channels),
    path("settings/channels/new/<str:kind>/", channels.new_channel),
    path("settings/channels/<str:channel_id>/", channels.channel),
    path("settings/channels/<str:channel_id>/test/", channels.test_channel),
    path("settings/channels/<str:channel_id>/remove/", channels.remove),
    path("settings/persons/<str:person_id>/channels/", channels.person_addresses),
    path("profile/channels/", channels.my_channels),
    path("settings/people/", directory.people),
    path("settings/departments/", directory.add_department),
    path("settings/departments/<str:department_id>/", directory.department),
    path("settings/departments/<str:department_id>/archive/", directory.archive_department),
    path("settings/departments/<str:department_id>/restore/", directory.restore_department),
    path("settings/persons/new/", directory.new_person),
    path("settings/persons/<str:person_id>/", directory.person),
    path("settings/persons/<str:person_id>/link/", directory.send_account_link),
    path("settings/persons/<str:person_id>/leave/", directory.leaving),
    path("settings/persons/<str:person_id>/reactivate/", directory.reactivate),
    path("settings/import/", import_page.upload),
    path("settings/import/apply/", import_page.apply),
    path("settings/import/example/", import_page.example),
    path("outbox/", outbox.outbox),
    path("outbox/<str:message_id>/again/", outbox.send_again),
]
