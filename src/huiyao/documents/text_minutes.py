# SPDX-License-Identifier: Apache-2.0
"""Minutes as Markdown and as plain text to paste into a chat."""

import re

from huiyao.documents.cleaning import one_line
from huiyao.documents.paper import Item, TopicBlock, lay_out, wording
from huiyao.documents.states import PaperState
from huiyao.documents.words import Words, words_for
from huiyao.domain import lineform
from huiyao.domain.minutes import Minutes

_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
_LINE_START = re.compile(r"^(\s*)([#+\-=]|\d+[.)])")


def minutes_markdown(minutes: Minutes, state: PaperState) -> str:
    """CommonMark with tables. What people typed stays text: no markup of theirs is live."""
    paper = lay_out(minutes, state)
    none = f"{paper.none}\n"
    parts = [f"# {_md(paper.heading)}\n", f"**{_md(paper.state)}** · {_md(paper.version)}\n"]
    if paper.correction:
        parts.append(f"> {_md(paper.correction)}\n")
    facts = [fact for row in paper.facts for fact in row]
    parts.append(_table((paper.facts[0][0].label, facts[0].text), [(fact.label, fact.text) for fact in facts[1:]]))
    parts.append(f"## {_md(paper.discussion.text)}\n")
    parts += [_md_topic(topic) for topic in paper.topics] or [none]
    parts.append(f"## {_md(paper.consensus.text)}\n")
    parts.append(_md_items(paper.decisions) or none)
    parts.append(f"## {_md(paper.actions.text)}\n")
    parts.append(_table(paper.action_header, paper.action_rows) if paper.action_rows else none)
    parts.append(f"## {_md(paper.plan.text)}\n\n{_md(paper.next_plan) or paper.none}\n")
    if paper.parked is not None:
        parts.append(f"## {_md(paper.parked.text)}\n\n{_md_items(paper.parked_items)}")
    return "\n".join(parts)


def _md(text: str) -> str:
    lines = (_LINE_START.sub(r"\1\\\2", line) for line in _MARKUP.sub(r"\\\1", text).split("\n"))
    return "<br>".join(lines)


def _table(header: tuple[str, ...], rows: object) -> str:
    lines = [header, *rows]  # type: ignore[misc]
    drawn = ["| " + " | ".join(_md(text) for text in line) + " |" for line in lines]
    return "\n".join([drawn[0], "|" + " --- |" * len(header), *drawn[1:]]) + "\n"


def _md_items(items: tuple[Item, ...]) -> str:
    return "".join(f"{item.lead or '-'} {_md(item.text)}{_md(item.remark)}\n" for item in items)


def _md_topic(topic: TopicBlock) -> str:
    lines = [f"### {' '.join(filter(None, (topic.number, _md(topic.title))))}{_md(topic.remark)}\n"]
    lines += [f"- {_md(line.lead + line.text)}" for line in topic.lines]
    for block in topic.problems:
        lines.append(f"- **{_md(block.problem.lead)}** {_md(block.problem.text)}{_md(block.problem.remark)}")
        lines += [f"  - {_md(s.lead)} {_md(s.text)}{_md(s.remark)}" for s in block.solutions]
    return "\n".join(lines) + "\n"


def minutes_text(minutes: Minutes, state: PaperState) -> str:
    """Plain lines for a chat window, in the guide's order; each action in the guide's line form (R97)."""
    words = words_for(minutes.language)
    paper = lay_out(minutes, state)
    blocks = [f"{paper.heading}{words.brackets[0]}{paper.state}{words.comma}{paper.version}{words.brackets[1]}"]
    if paper.correction:
        blocks.append(paper.correction)
    facts = [fact for row in paper.facts for fact in row if fact.text]
    blocks.append("\n".join(f"{fact.label}{words.colon}{_flat(fact.text, words)}" for fact in facts))
    topics = "\n".join(_text_topic(topic) for topic in paper.topics)
    blocks.append(f"{paper.discussion.text}\n{topics or paper.none}")
    blocks.append(f"{paper.consensus.text}\n{_text_items(paper.decisions) or paper.none}")
    blocks.append(f"{paper.actions.text}\n{_text_actions(minutes, words) or paper.none}")
    blocks.append(f"{paper.plan.text}\n{paper.next_plan or paper.none}")
    if paper.parked is not None:
        blocks.append(f"{paper.parked.text}\n{_text_items(paper.parked_items)}")
    return "\n\n".join(blocks) + "\n"


def _flat(text: str, words: Words) -> str:
    return words.semicolon.join(text.split("\n"))


def _text_topic(topic: TopicBlock) -> str:
    lines = [" ".join(filter(None, (topic.number, topic.title))) + topic.remark]
    lines += [f"- {line.lead}{line.text}" for line in topic.lines]
    for block in topic.problems:
        lines.append(f"- {block.problem.lead} {block.problem.text}{block.problem.remark}")
        lines += [f"- {s.lead} {s.text}{s.remark}" for s in block.solutions]
    return "\n".join(lines)


def _text_items(items: tuple[Item, ...]) -> str:
    return "\n".join(f"{item.lead or '-'} {item.text}{item.remark}" for item in items)


def _text_actions(minutes: Minutes, words: Words) -> str:
    """One line for each action; what nobody has said stands there without a value."""
    lines = []
    for action in minutes.actions:
        owner, due = wording.owner_text(words, action), wording.due_text(words, action)
        line = lineform.ActionLine(
            task=one_line(action.task),
            owner="" if owner == words.not_given else owner,
            due="" if due == words.not_given else due,
            support="" if action.support is None else wording.support_text(words, action.support),
            language=_LINE_LANGUAGES[words.language],
        )
        lines.append(f"{action.number}. {lineform.write_line(line)}")
    return "\n".join(lines)
