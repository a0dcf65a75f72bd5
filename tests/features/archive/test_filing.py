# SPDX-License-Identifier: Apache-2.0
import io
import zipfile
from datetime import date, timedelta

import pytest

from huiyao.domain.refusals import NotFound
from huiyao.features.agenda.models import Material
from huiyao.features.archive.access import get_filing_for, get_item_for
from huiyao.features.archive.commands.filing import Piece, file
from huiyao.features.archive.models import FiledItem, Filing
from huiyao.features.archive.reads import items_of, matching, months, visible_to
from huiyao.features.minutes.commands.closing import close_window
from huiyao.plumbing import files
from tests.builders.minutes import ENDED, a_company, circulated

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.HUIYAO = settings.HUIYAO.__class__(**{
        name: getattr(settings.HUIYAO, name) for name in settings.HUIYAO.__slots__
    } | {"data": tmp_path})  # fmt: skip


def final(company):
    sent = circulated(company)
    assert close_window(company.meeting.pk, at=sent.window_ends_at)
    return Filing.objects.get(meeting=company.meeting)


def a_material(company, name, content=b"", url=""):
    sha256 = files.store(io.BytesIO(content), at=ENDED).sha256 if content else ""
    Material.objects.create(
        meeting=company.meeting, name=name, sha256=sha256, url=url, by=company.people["market"], at=ENDED
    )


def bundle_of(filing):
    return zipfile.ZipFile(files.path_of(filing.bundle_sha256))


def test_minutes_table_and_materials_lie_under_year_month_topic():
    company = a_company()
    a_material(company, "问卷结论.xlsx", b"PK\x03\x04 numbers")
    a_material(company, "问卷结论.xlsx", b"PK\x03\x04 other numbers")
    a_material(company, "../../逃走.txt", b"somewhere else")
    a_material(company, "看板", url="https://example.com/board")
    filing = final(company)
    stem = "2026-11-订单页改版协调会"
    assert filing.name == stem
    names = bundle_of(filing).namelist()
    assert names == [
        f"{stem}.docx",
        f"{stem}.pdf",
        f"{stem}.xlsx",
        "materials/问卷结论.xlsx",
        "materials/问卷结论-2.xlsx",
        "materials/逃走.txt",
        "links.md",
    ]
    assert bundle_of(filing).read("materials/问卷结论.xlsx") == b"PK\x03\x04 numbers"
    assert "https://example.com/board" in bundle_of(filing).read("links.md").decode()
    assert bundle_of(filing).testzip() is None


def test_filing_the_same_version_again_changes_nothing(unchanged):
    company = a_company()
    filing = final(company)
    before = unchanged()
    again = file(company.meeting.pk, [Piece("links", "x", "text/plain", b"y")], minutes_version=1, day=DAY, at=ENDED)
    assert again.pk == filing.pk
    assert unchanged() == before


def test_a_later_version_replaces_the_filing_and_keeps_the_trace():
    company = a_company()
    first = final(company)
    again = file(company.meeting.pk, [Piece("links", "x", "text/plain", b"y")], minutes_version=2, day=DAY, at=ENDED)
    assert again.name == first.name
    first.refresh_from_db()
    assert first.replaced_at == ENDED
    assert [f.pk for f in visible_to(company.host)] == [again.pk]


def test_two_meetings_of_one_topic_in_one_month_get_two_names():
    company = a_company()
    final(company)
    pk = company.meeting.pk
    company.meeting.pk = company.meeting.id = None
    company.meeting._state.adding = True
    company.meeting.pk = type(pk)(int=pk.int + 1)
    company.meeting.save()
    other = file(company.meeting.pk, [Piece("links", "x", "text/plain", b"y")], minutes_version=1, day=DAY, at=ENDED)
    assert other.name == "2026-11-订单页改版协调会-2"


def test_a_material_whose_file_is_lost_does_not_stop_the_filing():
    company = a_company()
    a_material(company, "在.txt", b"here")
    Material.objects.create(
        meeting=company.meeting, name="不在.txt", sha256="0" * 64, by=company.people["market"], at=ENDED
    )
    assert [i.name for i in items_of(final(company)) if i.kind == "material"] == ["在.txt"]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("product", True), ("tech", True), ("coordinator", True), ("stranger", False), ("administrator", False)],
)
def test_who_may_read_the_minutes_finds_them_in_the_archive(who, sees):
    company = a_company()
    filing = final(company)
    if who == "administrator":
        company.people["administrator"] = company.people["stranger"]
        company.people["stranger"].administrator = True
        company.people["stranger"].save()
    actor = company.actor(who)
    item = FiledItem.objects.first()
    assert visible_to(actor).exists() == sees
    if sees:
        assert get_filing_for(actor, filing.pk) == filing
        assert get_item_for(actor, filing.pk, item.pk) == item
    else:
        for reach in (lambda: get_filing_for(actor, filing.pk), lambda: get_item_for(actor, filing.pk, item.pk)):
            with pytest.raises(NotFound):
                reach()


def test_the_archive_is_found_by_year_month_and_words():
    company = a_company()
    filing = final(company)
    visible = visible_to(company.host)
    assert months(visible) == [(2026, [(11, 1)])]
    for wanted in (
        {"words": "订单页 协调"},
        {"words": "分工"},
        {"words": "", "month": 11},
        {"words": "", "year": 2026},
    ):
        found = matching(visible, year=wanted.get("year"), month=wanted.get("month"), words=wanted["words"])
        assert list(found) == [filing]
    for wanted in ({"words": "没有"}, {"words": "", "month": 12}, {"words": "", "year": 2025}):
        found = matching(visible, year=wanted.get("year"), month=wanted.get("month"), words=wanted["words"])
        assert not found


def test_what_is_filed_is_dated_so_that_the_same_content_gives_the_same_bundle():
    company = a_company()
    piece = [Piece("links", "x", "text/plain", b"y")]
    first = file(company.meeting.pk, piece, minutes_version=1, day=DAY, at=ENDED)
    second = file(company.meeting.pk, piece, minutes_version=2, day=DAY, at=ENDED)
    third = file(company.meeting.pk, piece, minutes_version=3, day=DAY, at=ENDED + timedelta(days=1))
    assert first.bundle_sha256 == second.bundle_sha256 != third.bundle_sha256
