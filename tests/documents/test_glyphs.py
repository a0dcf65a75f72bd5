# SPDX-License-Identifier: Apache-2.0
"""Which characters can be printed, and what is said of those that cannot."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from huiyao.documents.fonts import FONT_FOLDER
from huiyao.documents.fonts.coverage import drawable
from huiyao.documents.fonts.reading import code_points
from huiyao.documents.glyphs import missing_glyphs, spelled_out, texts_of
from huiyao.documents.words import words_for
from tests.documents.samples import ALL, HOSTILE, LONG
from tests.documents.test_pdf_minutes import make_font

FILES = sorted(FONT_FOLDER.glob("*.otf"))

# 通用规范汉字表: its characters outside the basic block of Unicode, most of them in names of people and places
RARE = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓"
    "䴔䴕䴖䴗䴘䴙䶮𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎"
    "𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽"
    "𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)


def decoded(codec: str, leads: range) -> set[str]:
    pairs = (bytes((a, b)).decode(codec, "ignore") for a in leads for b in range(0x40, 0xFF))
    return {text for text in pairs if len(text) == 1 and text > "\x7f"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_font_has_gb2312_and_big5_level_1_whole(path: Path) -> None:
    drawn = code_points(path)
    wanted = decoded("gb2312", range(0xB0, 0xF8)) | decoded("big5", range(0xA4, 0xC7))
    assert not {sign for sign in wanted if ord(sign) not in drawn}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_font_has_the_rare_characters_of_the_general_standard_list(path: Path) -> None:
    drawn = code_points(path)
    assert len(RARE) == 273
    assert not {sign for sign in RARE if ord(sign) not in drawn}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_font_draws_taiwan_forms_where_the_language_asks(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        table = font["GSUB"].table
        systems = {
            (script.ScriptTag, system.LangSysTag.strip()): system.LangSys.FeatureIndex
            for script in table.ScriptList.ScriptRecord
            for system in script.Script.LangSysRecord
        }
        features = [table.FeatureList.FeatureRecord[index] for index in systems["hani", "ZHT"]]
        (localised,) = [record for record in features if record.FeatureTag == "locl"]
        swaps = {}
        for index in localised.Feature.LookupListIndex:
            for subtable in table.LookupList.Lookup[index].SubTable:
                swaps.update(getattr(subtable, "ExtSubTable", subtable).mapping)
        names = font.getBestCmap()
        assert all(names[ord(sign)] in swaps for sign in "骨說過，。")


def test_the_regular_serif_has_big5_level_2_for_names() -> None:
    drawn = code_points(FONT_FOLDER / "HuiyaoSerif-Regular.otf")
    assert not {sign for sign in decoded("big5", range(0xC9, 0xFA)) if ord(sign) not in drawn}


def test_the_coverage_list_is_what_the_fonts_draw() -> None:
    drawn = frozenset().union(*(code_points(path) for path in FILES))
    known = drawable()
    assert {code for code in range(0x110000) if chr(code) in known} == drawn


def test_the_fonts_carry_their_licence_and_stay_under_their_size() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONT_FOLDER / "OFL.txt").read_text()
    sizes = [path.stat().st_size for path in FILES]
    assert max(sizes) < 20_000_000
    assert sum(sizes) < 25_000_000


@pytest.mark.parametrize("language", ALL)
def test_every_label_can_be_printed(language: str) -> None:
    words = words_for(language)
    labels = [str(getattr(words, name)) for name in words.__slots__]
    assert missing_glyphs(("label", label) for label in labels) == ()


def test_a_rare_character_is_named_with_its_places() -> None:
    (found,) = missing_glyphs([("与会人 王𱁬", "王𱁬"), ("行动项 2", "请𱁬𱁬办"), ("行动项 3", "无")])
    assert (found.character, found.code, found.where) == ("𱁬", "U+3106C", ("与会人 王𱁬", "行动项 2"))


def test_characters_that_are_not_drawn_are_not_missing() -> None:
    assert missing_glyphs([("x", "葛\U000e0100 a\u200bb\n\ufeff")]) == ()
    assert spelled_out("葛\U000e0100城\u200b") == "葛城"


def test_an_added_font_is_asked_too(tmp_path: Path) -> None:
    make_font(tmp_path / "rare.ttf", "𱁬")
    assert missing_glyphs([("x", "𱁬")], tmp_path) == ()
    assert missing_glyphs([("x", "𱁬")], tmp_path / "absent")


@pytest.mark.parametrize("minutes", [*ALL.values(), HOSTILE, LONG], ids=lambda minutes: minutes.title[:8])
def test_every_field_of_minutes_is_looked_at(minutes: object) -> None:
    seen = "".join(text for _, text in texts_of(minutes))
    for name in ("title", "host", "recorder", "place", "objective", "organisation"):
        assert getattr(minutes, name) in seen
