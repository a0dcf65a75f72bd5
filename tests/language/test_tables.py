# SPDX-License-Identifier: Apache-2.0
"""Tables handed over: read as people write them, hostile ones refused within bounds."""

import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from huiyao.language.uploads import UploadTooLarge, UploadUnreadable
from huiyao.language.uploads.tables import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, table_rows

BOOK = '<workbook xmlns:r="x"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
RELATIONS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
SHEET = "xl/worksheets/sheet1.xml"


def excel(sheet: str, strings: str = "", **more: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", more.get("book", BOOK))
        archive.writestr("xl/_rels/workbook.xml.rels", more.get("relations", RELATIONS))
        archive.writestr(SHEET, sheet)
        if strings:
            archive.writestr("xl/sharedStrings.xml", strings)
    return stream.getvalue()


def rows(cells: str) -> list[list[str]]:
    return table_rows(excel(f"<worksheet><sheetData>{cells}</sheetData></worksheet>"))


class TestReading:
    def test_gaps_are_empty_cells_and_rows(self) -> None:
        found = rows('<row r="1"><c r="B1" t="str"><v>b</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>')
        assert found == [["", "b"], [], ["1"]]

    def test_kinds_of_cells(self) -> None:
        kinds = (
            '<c t="inlineStr"><is><t>in</t></is></c><c><v>1.5</v></c><c><v>12.0</v></c><c t="b"><v>1</v></c>'
            '<c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>result</v></c><c><v>1.0E+5</v></c>'
        )
        assert rows(f"<row>{kinds}</row>") == [["in", "1.5", "12", "1", "", "result", "100000"]]

    def test_shared_strings_without_their_readings(self) -> None:
        strings = "<sst><si><r><t>林</t></r><r><t>一</t></r><rPh><t>lin</t></rPh></si></sst>"
        sheet = '<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>9</v></c></row></sheetData></worksheet>'
        assert table_rows(excel(sheet, strings)) == [["林一", ""]]

    def test_what_excel_itself_writes(self) -> None:
        stream = BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            book.add_worksheet().write_row(0, 0, ["登录名", "姓名", 7])
        assert table_rows(stream.getvalue()) == [["登录名", "姓名", "7"]]

    def test_a_quoted_csv_cell_may_hold_commas_and_lines(self) -> None:
        assert table_rows(b'a,"b, c\nd"\n') == [["a", "b, c\nd"]]

    def test_empty_rows_at_the_end_are_dropped(self) -> None:
        assert table_rows(b"a,b\n,,\n\n") == [["a", "b"]]


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "empty"),
            (b" , \n,", "empty"),
            (b"\xff\xfe\x80\xff\xff", "encoding"),
            (b"a\x00b", "binary"),
            (b"\xd0\xcf\x11\xe0 old excel", "old_excel"),
            (b"PK\x03\x04 no zip at all", "not_table"),
            (b"PK\x05\x06" + b"\x00" * 18, "not_table"),
        ],
    )
    def test_what_is_no_table_is_named(self, content: bytes, reason: str) -> None:
        with pytest.raises(UploadUnreadable) as caught:
            table_rows(content)
        assert caught.value.facts["reason"] == reason

    @pytest.mark.parametrize(
        ("sheet", "reason"),
        [
            ("<worksheet><row>", "bad_xml"),
            ('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>', "entities"),
            ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>', "entities"),
        ],
    )
    def test_hostile_xml_is_refused(self, sheet: str, reason: str) -> None:
        with pytest.raises(UploadUnreadable) as caught:
            table_rows(excel(sheet))
        assert caught.value.facts["reason"] == reason

    @pytest.mark.parametrize("target", ["../../../etc/passwd", "http://198.51.100.1/sheet.xml", "worksheets/none.xml"])
    def test_a_sheet_elsewhere_is_never_fetched(self, target: str) -> None:
        relations = f'<Relationships><Relationship Id="r1" Target="{target}"/></Relationships>'
        with pytest.raises(UploadUnreadable):
            table_rows(excel("<worksheet/>", relations=relations))

    @pytest.mark.parametrize(
        ("content", "what"),
        [
            (b"x" * (MAX_BYTES + 1), "bytes"),
            (b"a\n" * (MAX_ROWS + 1), "rows"),
            (b"," * MAX_COLUMNS, "columns"),
            (b"a" * 2001, "cell"),
        ],
    )
    def test_a_csv_over_a_limit(self, content: bytes, what: str) -> None:
        with pytest.raises(UploadTooLarge) as caught:
            table_rows(content)
        assert caught.value.facts["what"] == what

    @pytest.mark.parametrize(
        ("sheet", "what"),
        [
            ('<worksheet><row r="9999999"/></worksheet>', "rows"),
            ('<worksheet><row r="1"><c r="XFD1"><v>1</v></c></row></worksheet>', "columns"),
            ("<a>" * 300, "depth"),
            ("<worksheet>" + " " * 30_000_000 + "</worksheet>", "ratio"),
            ("<worksheet><row><c><v>" + "9" * 2001 + "</v></c></row></worksheet>", "cell"),
        ],
    )
    def test_an_excel_file_over_a_limit(self, sheet: str, what: str) -> None:
        with pytest.raises(UploadTooLarge) as caught:
            table_rows(excel(sheet))
        assert caught.value.facts["what"] == what
