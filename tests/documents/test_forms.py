# SPDX-License-Identifier: Apache-2.0
"""The company's Word form: what it prints, and what it is refused for."""

import io
import os
import zipfile
from collections.abc import Callable, Iterator

import pytest
from docx import Document
from docx2python import docx2python

from huiyao.documents.forms import FIELDS, FormRefused, check_form, fill_form, filling, preview_form
from huiyao.documents.forms.fields import fields_of
from huiyao.documents.forms.sample import sample_minutes
from huiyao.documents.press import Press
from huiyao.documents.states import PaperState
from tests.documents.reading import flat
from tests.documents.samples import ALL, HOSTILE, SIMPLIFIED

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(autouse=True, scope="module")
def _own_press() -> Iterator[None]:
    yield
    filling.PRESS.close()


def form(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word file with these paragraphs and a table of these rows."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(document)


def saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def changed(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The file with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    change(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return target.getvalue()


def text_of(content: bytes) -> str:
    with docx2python(io.BytesIO(content), html=False) as document:
        return flat(document.text)


ACTIONS = (
    ("任务", "负责人", "截止", "支持"),
    ("{%tr for 行 in 行动项 %}", "", "", ""),
    ("{{ 行.任务 }}", "{{ 行.owner }}", "{{ 行.截止日期 }}", "{{ 行.支持 }}"),
    ("{%tr endfor %}", "", "", ""),
)
ORDINARY = form("{{ 单位 }} {{ heading }}", "{{ 会议名称 }} {{ time }}", "{{ 参会人员|default('无') }}", rows=ACTIONS)


@pytest.mark.parametrize("language", ALL)
def test_a_form_prints_its_fields_and_one_row_for_each_action(language: str) -> None:
    minutes = ALL[language]
    text = text_of(fill_form(ORDINARY, minutes, PaperState.FINAL))
    assert flat(minutes.organisation + minutes.title[:4])[:4] in text
    assert all(flat(action.task) in text for action in minutes.actions)
    assert "{{" not in text


def test_names_are_taken_in_english_and_chinese_and_known_ones_are_reported() -> None:
    report = check_form(ORDINARY)
    assert report.used == ("heading", "time", "会议名称", "单位", "参会人员", "行动项")
    assert report.unknown == ()


def test_names_are_taken_as_taiwan_writes_them() -> None:
    content = form("{{ 會議名稱 }}{% for 行 in 行動項 %}{{ 行.任務 }}{{ 行.支援 }}{% endfor %}")
    assert check_form(content).unknown == ()
    assert flat("凍結舊庫位編號無") in text_of(fill_form(content, ALL["zh-hant"], PaperState.FINAL))


@pytest.mark.parametrize(
    ("language", "title"), [("zh-hans", "样例会议"), ("zh-hant", "範例會議"), ("en", "Sample meeting")]
)
def test_a_form_can_be_looked_at_before_it_is_used(language: str, title: str) -> None:
    assert flat(title) in text_of(preview_form(ORDINARY, language))


def test_the_sample_leaves_no_field_and_no_list_empty() -> None:
    values = fields_of(sample_minutes("zh-hans"), PaperState.DRAFT)
    assert all(values.values())
    assert all(len(value) >= 2 for value in values.values() if isinstance(value, list))


def test_unknown_names_are_reported_also_those_inside_loops() -> None:
    content = form("{{ titel }}", "{% for a in actions %}{{ a.tusk }}{% if a.done.today %}x{% endif %}{% endfor %}")
    assert check_form(content).unknown == ("done", "titel", "tusk")


def test_an_unknown_name_prints_nothing() -> None:
    assert text_of(fill_form(form("前{{ nichts.da[3] }}后"), SIMPLIFIED, PaperState.FINAL)) == "前后"


def test_every_documented_field_is_known() -> None:
    inside = {"lines", "problems", "solutions"}
    plain = [name for name, (_, rows) in FIELDS.items() if rows is None]
    loops = [
        "{% for x in "
        + name
        + " %}"
        + "".join(f"{{{{ x.{key} }}}}{{{{ x.{rows[key]} }}}}" for key in rows)
        + "{% endfor %}"
        for name, (_, rows) in FIELDS.items()
        if rows is not None and name not in inside
    ]
    assert check_form(form(*(f"{{{{ {name} }}}}{{{{ {FIELDS[name][0]} }}}}" for name in plain), *loops)).unknown == ()


def test_nested_lists_of_topics_are_reached() -> None:
    content = form(
        "{% for t in topics %}{{ loop.index }} {{ t.title }}{% for l in t.记要 %}{{ l.text }}{% endfor %}"
        "{% for p in t.problems %}{{ p.text }}{% for s in p.方案 %}{{ s.内容 }}{{ s.outcome }}{% endfor %}{% endfor %}{% endfor %}"
    )
    text = text_of(fill_form(content, SIMPLIFIED, PaperState.FINAL))
    assert flat("仓储部：盘点已完成八成。") in text
    assert flat("先冻结旧编号，再成批换新。（一致同意 6/6）") in text


def test_what_people_typed_is_never_run_and_never_markup() -> None:
    text = text_of(fill_form(ORDINARY, HOSTILE, PaperState.FINAL))
    assert flat("{{ 7*7 }}") in text
    assert flat("<b>&amp;</b>") in text
    assert "49" not in text


def relationship(kind: str, target: str, mode: str = "External") -> Callable[[dict[str, bytes]], None]:
    line = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'

    def change(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", line.encode())

    return change


def part(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, data)


def body(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())

    return change


def macro_kind(parts: dict[str, bytes]) -> None:
    kinds = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = kinds.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )


def overlapping() -> bytes:
    """Two parts of one name."""
    target = io.BytesIO(ORDINARY)
    with zipfile.ZipFile(target, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr("word/document.xml", b"<x/>")
    return target.getvalue()


def deep_loops() -> str:
    opening = "".join(f"{{% for a{n} in actions %}}" for n in range(5))
    return opening + "x" + "{% endfor %}" * 5


def replace_bomb() -> str:
    grown = "|".join(["replace('', 'xxxxxxxxxxxxxxxx')"] * 14)
    return "{{ 'x'|" + grown + "|length }}"


FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>%s</w:instrText></w:r></w:p><w:sectPr'
HOSTILE_FORMS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "class walk": (lambda: form("{{ ''.__class__.__mro__[1].__subclasses__() }}"), {"forbidden"}),
    "class walk by subscript": (lambda: form("{{ title['__class__'] }}"), {"forbidden"}),
    "class walk by attr filter": (lambda: form("{{ title|attr('__class__') }}"), {"forbidden", "syntax"}),
    "globals of a function": (lambda: form("{{ lipsum.__globals__['os'].popen('id').read() }}"), {"forbidden"}),
    "cycler": (lambda: form("{{ cycler.__init__.__globals__ }}"), {"forbidden"}),
    "self": (lambda: form("{{ self.__init__ }}"), {"forbidden"}),
    "method of text": (lambda: form("{{ title.upper() }}"), {"forbidden"}),
    "format method": (lambda: form("{{ '{0.__class__}'.format(title) }}"), {"forbidden"}),
    "format filter": (lambda: form("{{ '%999999999d'|format(1) }}"), {"forbidden", "syntax"}),
    "method of a list": (lambda: form("{{ actions.clear() }}"), {"forbidden"}),
    "call of a field": (lambda: form("{{ title() }}"), {"forbidden"}),
    "range loop": (lambda: form("{% for i in range(10**9) %}x{% endfor %}"), {"forbidden"}),
    "text times number": (lambda: form("{{ 'x' * 10**9 }}"), {"forbidden"}),
    "power": (lambda: form("{{ 9**9**9 }}"), {"forbidden"}),
    "concatenation": (lambda: form("{{ 'a' ~ 'b' }}"), {"forbidden"}),
    "adding texts": (lambda: form("{{ 'a' + 'b' }}"), {"forbidden"}),
    "set": (lambda: form("{% set x = 'aa' %}{{ x }}"), {"forbidden"}),
    "namespace": (lambda: form("{% set ns = namespace(a=1) %}"), {"forbidden"}),
    "macro recursion": (lambda: form("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"), {"forbidden"}),
    "recursive loop": (lambda: form("{% for a in actions recursive %}{{ loop(actions) }}{% endfor %}"), {"forbidden"}),
    "loops in loops": (lambda: form(deep_loops()), {"forbidden"}),
    "include": (lambda: form("{% include '/etc/passwd' %}"), {"forbidden"}),
    "import": (lambda: form("{% import 'os' as os %}"), {"forbidden"}),
    "extends": (lambda: form("{% extends 'x' %}"), {"forbidden"}),
    "block": (lambda: form("{% block x %}{% endblock %}"), {"forbidden"}),
    "autoescape off": (lambda: form("{% autoescape false %}{{ title }}{% endautoescape %}"), {"forbidden"}),
    "safe filter": (lambda: form("{{ title|safe }}"), {"forbidden", "syntax"}),
    "filter block": (lambda: form("{% filter upper %}x{% endfilter %}"), {"forbidden"}),
    "replace bomb": (lambda: form(replace_bomb()), {"too_much_memory", "too_slow"}),
    "deep brackets": (lambda: form("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}"), {"forbidden", "syntax", "failed"}),
    "broken tag": (lambda: form("{% for a in actions %}"), {"syntax"}),
    "unclosed field": (lambda: form("{{ title"), {"syntax"}),
    "loop across a table border": (lambda: form("{% for a in actions %}", rows=(("{% endfor %}",),)), {"broken"}),
    "macro project": (lambda: changed(ORDINARY, part("word/vbaProject.bin", b"x")), {"macros"}),
    "macro document": (lambda: changed(ORDINARY, macro_kind), {"macros"}),
    "remote template": (
        lambda: changed(ORDINARY, relationship("attachedTemplate", "https://evil.test/t.dotm")),
        {"external_link"},
    ),
    "remote picture": (lambda: changed(ORDINARY, relationship("image", "https://evil.test/x.png")), {"external_link"}),
    "file link": (lambda: changed(ORDINARY, relationship("hyperlink", "file:///etc/passwd")), {"external_link"}),
    "script link": (lambda: changed(ORDINARY, relationship("hyperlink", "javascript:alert(1)")), {"external_link"}),
    "embedded object": (lambda: changed(ORDINARY, part("word/embeddings/oleObject1.bin", b"x")), {"active_content"}),
    "foreign chunk": (lambda: changed(ORDINARY, relationship("aFChunk", "x.html", "Internal")), {"active_content"}),
    "DDE field": (
        lambda: changed(ORDINARY, body("<w:sectPr", FIELD % "DDEAUTO c:\\\\cmd.exe")),
        {"active_content"},
    ),
    "included file field": (
        lambda: changed(ORDINARY, body("<w:sectPr", FIELD % "INCLUDETEXT /etc/passwd")),
        {"active_content"},
    ),
    "field written by a tag": (
        lambda: changed(ORDINARY, body("<w:sectPr", FIELD % "DDE{{ 'AUTO' }} cmd")),
        {"active_content"},
    ),
    "entity bomb": (
        lambda: changed(ORDINARY, body("<w:document", '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document')),
        {"active_content"},
    ),
    "outside entity": (
        lambda: changed(
            ORDINARY, part("word/styles.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>')
        ),
        {"active_content"},
    ),
    "zip bomb": (lambda: changed(ORDINARY, part("word/media/a.xml", b"0" * 30_000_000)), {"too_large"}),
    "many parts": (
        lambda: changed(ORDINARY, lambda parts: parts.update({f"word/x{n}.xml": b"<x/>" for n in range(500)})),
        {"too_large"},
    ),
    "large file": (lambda: changed(ORDINARY, part("word/media/a.png", os.urandom(6_000_000))), {"too_large"}),
    "two parts of one name": (overlapping, {"not_word"}),
    "not a zip": (lambda: b"MZ" + b"\x00" * 500, {"not_word"}),
    "another office file": (lambda: changed(ORDINARY, lambda parts: parts.pop("[Content_Types].xml")), {"not_word"}),
    "document without body": (lambda: changed(ORDINARY, part("word/document.xml", b"<x/>")), {"broken", "not_word"}),
    "empty": (lambda: b"", {"not_word"}),
}


@pytest.mark.parametrize("kind", HOSTILE_FORMS)
def test_a_hostile_form_is_refused_with_its_reason(kind: str) -> None:
    make, reasons = HOSTILE_FORMS[kind]
    with pytest.raises(FormRefused) as caught:
        check_form(make())
    assert caught.value.facts["reason"] in reasons


def test_at_least_forty_hostile_forms_are_tried() -> None:
    assert len(HOSTILE_FORMS) >= 40


def test_after_a_hostile_form_the_next_one_is_filled_as_ever() -> None:
    with pytest.raises(FormRefused):
        check_form(form(replace_bomb()))
    assert fill_form(ORDINARY, SIMPLIFIED, PaperState.FINAL)


def test_a_form_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    short = Press("huiyao.documents.forms.working", megabytes=256, seconds=1)
    monkeypatch.setattr(filling, "PRESS", short)
    replaced = "{{ title|replace('a', 'b')|replace('b', 'a') }}" * 40_000
    slow = form("{% for a in topics %}{% for b in topics %}" + replaced + "{% endfor %}{% endfor %}")
    with pytest.raises(FormRefused) as caught:
        check_form(slow)
    short.close()
    assert caught.value.facts["reason"] in {"too_slow", "too_much_memory", "failed"}


def test_the_detail_names_what_is_forbidden() -> None:
    with pytest.raises(FormRefused) as caught:
        check_form(form("{{ title|format('x') }}"))
    assert "format" in str(caught.value.facts["detail"])
