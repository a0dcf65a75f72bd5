# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a file that was sent in: the codes of ``language.uploads`` in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

WORDS: Mapping[str, Mapping[str, str]] = {
    "reason": {
        "empty": gettext_noop("there is nothing in it"),
        "binary": gettext_noop("it is not text"),
        "encoding": gettext_noop("its character encoding is not known"),
        "encrypted": gettext_noop("it is protected by a password"),
        "old_excel": gettext_noop("it is in the old .xls format"),
        "not_table": gettext_noop("it is no table"),
        "not_word": gettext_noop("it is no Word file"),
        "bad_xml": gettext_noop("it is damaged"),
        "bad_json": gettext_noop("it is damaged"),
        "entities": gettext_noop("it holds unsafe XML"),
        "no_speech": gettext_noop("nobody speaks in it"),
    },
    "what": {
        "bytes": gettext_noop("bytes"),
        "unpacked": gettext_noop("bytes unpacked"),
        "ratio": gettext_noop("compression ratio"),
        "rows": gettext_noop("rows"),
        "lines": gettext_noop("lines"),
        "text": gettext_noop("characters"),
        "depth": gettext_noop("levels of nesting"),
    },
}


def in_words(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts with their codes put into words; an unknown code stays as it is."""
    return {
        name: gettext(WORDS[name][str(value)]) if str(value) in WORDS.get(name, {}) else value
        for name, value in facts.items()
    }
