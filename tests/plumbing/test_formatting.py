# SPDX-License-Identifier: Apache-2.0
"""Words put together as each language does."""

from huiyao.plumbing import formatting


def test_names_in_a_row_and_colons_are_written_as_the_language_does() -> None:
    assert formatting.listed(["市场部", "技术部"], "zh-hans") == "市场部、技术部"
    assert formatting.listed(["Marketing", "Technology"], "en") == "Marketing, Technology"
    assert (formatting.colon("zh-hant"), formatting.colon("en")) == ("：", ": ")
