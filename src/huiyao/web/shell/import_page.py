# SPDX-License-Identifier: Apache-2.0
"""Importing the directory: a file is checked cell by cell, shown, and applied only when nothing is wrong."""

from io import BytesIO

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_noop
from django.views.decorators.http import require_POST

from huiyao.documents.exports import MEDIA_TYPES, Format
from huiyao.documents.xlsx_people import people_xlsx
from huiyao.domain.channels import ADDRESS_KINDS
from huiyao.domain.refusals import Refusal
from huiyao.features.people.commands.directory import (
    COLUMNS,
    DryRun,
    ImportHasErrors,
    apply_directory,
    directory_rows,
    dry_run,
    read_table,
)
from huiyao.features.people.commands.directory.checking import RowCheck
from huiyao.language.uploads.tables import MAX_BYTES
from huiyao.plumbing import audit, files
from huiyao.web.shell import notice
from huiyao.web.shell.files import send_bytes
from huiyao.web.shell.gate import administrator_only
from huiyao.web.shell.refusals import REASONS, fill, status_of, words_of
from huiyao.web.shell.request import Request

SALT = "huiyao.directory-import"
TICKET_SECONDS = 3600
ROWS_SHOWN = 200
HEADINGS = {
    "login": gettext_noop("Login name"),
    "name": gettext_noop("Name"),
    "department": gettext_noop("Department"),
    "email": gettext_noop("Mail address"),
    "title": gettext_noop("Job title"),
    "head": gettext_noop("Department head"),
    "dingtalk_user_id": gettext_noop("DingTalk userId"),
    "dingtalk_union_id": gettext_noop("DingTalk unionId"),
    "wecom_user_id": gettext_noop("WeCom account (userid)"),
    "feishu_open_id": gettext_noop("Feishu open_id"),
    "mobile": gettext_noop("Mobile number"),
}
VENDOR_HEADINGS = ("DingTalk userId", "DingTalk unionId", "WeCom userid", "Feishu open_id", "Mobile")
"""The same in every language: whoever fills them in has copied them from the vendor's pages."""
EXAMPLES = {
    "zh-hans": (
        "登录名,姓名,部门,邮箱,职务,部门负责人\r\n"
        "lin.wei,林为,市场部/品牌组,lin.wei@example.com,品牌经理,是\r\n"
        "he.miao,何苗,市场部,he.miao@example.com,,\r\n"
    ),
    "zh-hant": (
        "登入名稱,姓名,部門,電子郵件,職稱,部門負責人\r\n"
        "lin.wei,林為,行銷部/品牌組,lin.wei@example.com,品牌經理,是\r\n"
        "he.miao,何苗,行銷部,he.miao@example.com,,\r\n"
    ),
    "en": (
        "login,name,department,email,title,department head\r\n"
        "l.ward,Lena Ward,Marketing/Brand,l.ward@example.com,Brand manager,yes\r\n"
        "h.moss,Henry Moss,Marketing,h.moss@example.com,,\r\n"
    ),
}


@administrator_only
def upload(request: Request) -> HttpResponse:
    """The form, and after a file was sent the dry run."""
    if request.method == "GET":
        return render(request, "shell/import.html", {"error": ""})
    sent = request.FILES.get("file")
    content = sent.read(MAX_BYTES + 1) if sent is not None else b""
    try:
        checked = dry_run(read_table(content))
        stored = files.store(BytesIO(content), at=request.at)
    except Refusal as refusal:
        context = {"error": words_of(refusal)}
        return render(request, "shell/import.html", context, status=status_of(refusal))
    ticket = signing.dumps([stored.sha256, request.actor.id], salt=SALT)
    return _dry_run_page(request, checked, ticket)


@administrator_only
@require_POST
def apply(request: Request) -> HttpResponse:
    """Apply the file that was shown; it is checked again against the directory as it is now."""
    try:
        sha256, actor_id = signing.loads(request.POST.get("ticket", ""), salt=SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        sha256, actor_id = "", ""
    if actor_id != request.actor.id:
        notice.add(request, gettext("Too much time has passed: choose the file again."), tone="soon")
        return redirect("/settings/import/")
    table = read_table(files.path_of(sha256).read_bytes())
    try:
        done = apply_directory(table, by=request.actor, at=request.at)
    except ImportHasErrors:
        return _dry_run_page(request, dry_run(table), request.POST["ticket"])
    facts = {"new": done.count("new"), "changed": done.count("changed"), "departments": len(done.new_departments)}
    words = gettext("Imported: %(new)s new persons, %(changed)s changed, %(departments)s new departments.")
    notice.add(request, words % facts)
    return redirect("/settings/people/")


@administrator_only
def example(request: Request) -> HttpResponse:
    """A small table to start from, as Excel opens it (UTF-8 with its mark)."""
    del request
    table = EXAMPLES.get(get_language() or "", EXAMPLES["zh-hans"])
    return send_bytes(("\ufeff" + table).encode(), "directory.csv", "text/csv; charset=utf-8")


@administrator_only
def export(request: Request) -> HttpResponse:
    """The directory as Excel, with its ids at the vendors, to be changed and imported again."""
    table = EXAMPLES.get(get_language() or "", EXAMPLES["zh-hans"])
    headings = dict(
        zip(("login", "name", "department", "email", "title", "head"), table.split("\r\n")[0].split(","), strict=True)
    )
    headings |= dict(zip(ADDRESS_KINDS, VENDOR_HEADINGS, strict=True))
    content = people_xlsx([headings[column] for column in COLUMNS], directory_rows())
    audit.record("directory.exported", by=request.actor, at=request.at, subject="directory")
    return send_bytes(content, "directory.xlsx", MEDIA_TYPES[Format.XLSX])


def _dry_run_page(request: Request, checked: DryRun, ticket: str) -> HttpResponse:
    wrong = [row for row in checked.rows if row.verdict == "wrong"]
    others = [row for row in checked.rows if row.verdict not in ("wrong", "same")]
    context = {
        "columns": [gettext(HEADINGS[column]) for column in checked.table.columns],
        "rows": [_shown(row, checked.table.columns) for row in [*wrong, *others][:ROWS_SHOWN]],
        "hidden": max(len(wrong) + len(others) - ROWS_SHOWN, 0),
        "counts": {verdict: checked.count(verdict) for verdict in ("new", "changed", "same", "wrong")},
        "wrong_cells": checked.wrong_cells,
        "departments": ["/".join(path) for path in checked.new_departments],
        "ignored": checked.table.ignored,
        "ticket": ticket,
    }
    return render(request, "shell/import_check.html", context, status=422 if wrong else 200)


def _shown(row: RowCheck, columns: tuple[str, ...]) -> dict[str, object]:
    cells = [(row.row.cells[column], _cell_words(row, column)) for column in columns]
    return {"number": row.row.number, "verdict": row.verdict, "cells": cells}


def _cell_words(row: RowCheck, column: str) -> str:
    facts = row.errors.get(column)
    if facts is None:
        return ""
    return fill(gettext(REASONS.get(str(facts.get("reason")), "%(reason)s")), facts)
