# SPDX-License-Identifier: Apache-2.0
"""How long documents take and what the server's process pays for them. Prints one JSON object.

``python bench/documents.py [n]``: medians of n runs (default 7) in one process, after a first run that is told apart.
"""

import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import docx

from huiyao.documents.action_rows import ActionRow
from huiyao.documents.exports import Format, export_minutes
from huiyao.documents.forms import fill_form
from huiyao.documents.states import PaperState
from huiyao.domain.minutes import (
    ActionLine,
    Attendee,
    Decision,
    Line,
    Minutes,
    NextPlan,
    Problem,
    Solution,
    TopicMinutes,
)

DEPARTMENTS = ("市场部", "技术部", "销售部", "客服部", "运营部", "产品部")


def ordinary() -> Minutes:
    """Two pages, as most minutes are."""
    lines = tuple(
        Line(f"l{n}", "本周进展与需要的配合，已列在附表。", department=name) for n, name in enumerate(DEPARTMENTS)
    )
    problems = (Problem("p", 1, "接口说明不全。", "技术部", (Solution("s", "周五前补齐并复核。"),)),)
    return Minutes(
        title="第一季度迭代协调会",
        starts_at=datetime(2026, 11, 24, 6, tzinfo=UTC),
        ends_at=datetime(2026, 11, 24, 7, 30, tzinfo=UTC),
        host="林晓",
        recorder="周岚",
        attendees=tuple(Attendee(f"人员{n}", name) for n, name in enumerate(DEPARTMENTS)),
        topics=tuple(TopicMinutes(f"t{n}", n, f"议题{n}", "林晓", 15, 15, lines, problems) for n in range(1, 6)),
        decisions=tuple(Decision(f"d{n}", n, "按附表分两批进行。") for n in range(1, 4)),
        actions=tuple(
            ActionLine(f"a{n}", n, "补齐说明", name, "许衡", (), date(2026, 12, n), support=())
            for n, name in enumerate(DEPARTMENTS, 1)
        ),
        next_plan=NextPlan("2026年12月9日 14:00", "行动项"),
    )


def company_form() -> bytes:
    """A Word form with fields and a table of actions."""
    document = docx.Document()
    document.add_heading("{{ 单位 }} {{ 文件标题 }}", 1)
    for name in ("会议名称", "时间", "地点", "主持人", "记录人", "参会人员"):
        document.add_paragraph(f"{name}：{{{{ {name} }}}}")
    table = document.add_table(rows=3, cols=4)
    table.rows[0].cells[0].text = "{%tr for 行 in 行动项 %}"
    for cell, name in zip(table.rows[1].cells, ("任务", "负责人", "截止日期", "支持"), strict=True):
        cell.text = f"{{{{ 行.{name} }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def resident() -> float:
    """Resident memory of this process in MB (0 where /proc does not tell)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return round(int(line.split()[1]) / 1024, 1)


def timed(make: Callable[[int], object], runs: int) -> dict[str, float]:
    """First run, median and least of the others, in milliseconds. Each run gets its number, so that none is cached.

    On a machine that does other things too, the least is what the work itself takes.
    """
    seconds = []
    for number in range(runs + 1):
        start = time.perf_counter()
        make(number)
        seconds.append((time.perf_counter() - start) * 1000)
    rest = seconds[1:]
    figures = {"first_ms": seconds[0], "median_ms": statistics.median(rest), "least_ms": min(rest)}
    return {name: round(value, 1) for name, value in figures.items()}


def main() -> None:
    """Print the figures."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    minutes = ordinary()
    figures: dict[str, object] = {"memory_before_mb": resident()}
    start = time.perf_counter()
    export_minutes(minutes, PaperState.FINAL, Format.PDF)
    figures["first_document_with_start_of_the_process_ms"] = round((time.perf_counter() - start) * 1000, 1)
    for wanted in (Format.PDF, Format.DOCX):
        export_minutes(minutes, PaperState.FINAL, wanted)
    figures["memory_after_one_pdf_and_one_docx_mb"] = resident()
    for wanted in Format:
        figures[wanted.value] = timed(lambda number, kind=wanted: _export(minutes, number, kind), runs)
    rows = [
        ActionRow(f"a{n}", 1, n, f"任务{n}", DEPARTMENTS[n % 6], "许衡", due=date(2026, 12, 1)) for n in range(1000)
    ]
    actions_xlsx = import_module("huiyao.documents.xlsx_actions").actions_xlsx
    figures["xlsx_1000_rows"] = timed(lambda number: actions_xlsx(rows, "zh-hans", title=str(number)), runs)
    form = company_form()
    figures["company_form_docx"] = timed(lambda _: fill_form(form, minutes, PaperState.FINAL), runs)
    figures["memory_at_the_end_mb"] = resident()
    json.dump(figures, sys.stdout, indent=1)
    print()


def _export(minutes: Minutes, number: int, kind: Format) -> bytes:
    changed = Minutes(**{name: getattr(minutes, name) for name in minutes.__slots__} | {"version": number + 2})
    return export_minutes(changed, PaperState.FINAL, kind).content


if __name__ == "__main__":
    main()
