# SPDX-License-Identifier: Apache-2.0
"""Pinyin keys of names: full spelling and initials, with every reading a surname has.

Reads its own table (``readings.txt``, loaded at the first call: about 2 MB), not pypinyin, which costs 65 MB in every
process. Keys are lower-case ASCII without tones; ü gives a key with v and one with u.
"""

import re
from functools import cache
from importlib.resources import files
from itertools import islice, product

from huiyao.language.folding import fold_key

MAX_KEYS = 48
"""Keys of one kind for one name; a name whose characters have many readings keeps the commonest."""
_UMLAUT = re.compile(r"[ln]v")
_SURNAMES = {
    "万俟": ("mo qi",), "尉迟": ("yu chi", "wei chi"), "长孙": ("zhang sun", "chang sun"), "单于": ("chan yu",),
    "澹台": ("tan tai",), "宰父": ("zai fu",), "令狐": ("ling hu",), "鲜于": ("xian yu",), "欧阳": ("ou yang",),
    "司马": ("si ma",), "上官": ("shang guan",), "诸葛": ("zhu ge",), "东方": ("dong fang",), "皇甫": ("huang fu",),
    "公孙": ("gong sun",), "慕容": ("mu rong",), "宇文": ("yu wen",), "夏侯": ("xia hou",), "司徒": ("si tu",),
    "端木": ("duan mu",), "轩辕": ("xuan yuan",), "南宫": ("nan gong",), "独孤": ("du gu",), "呼延": ("hu yan",),
    "单": ("shan", "dan"), "仇": ("qiu", "chou"), "解": ("xie", "jie"), "曾": ("zeng", "ceng"), "区": ("ou", "qu"),
    "查": ("zha", "cha"), "朴": ("piao", "pu"), "盖": ("ge", "gai"), "翟": ("zhai", "di"), "乐": ("yue", "le"),
    "缪": ("miao", "mou"), "种": ("chong", "zhong"), "黑": ("he", "hei"), "覃": ("qin", "tan"), "员": ("yun", "yuan"),
    "折": ("she", "zhe"), "召": ("shao", "zhao"), "冼": ("xian",), "郇": ("xun", "huan"), "秘": ("bi", "mi"),
    "繁": ("po", "fan"), "洗": ("xian", "xi"), "仉": ("zhang",), "贾": ("jia", "gu"), "宓": ("mi", "fu"),
    "隗": ("wei", "kui"), "乜": ("nie", "mie"), "逄": ("pang",), "尹": ("yin",), "车": ("che", "ju"),
    "石": ("shi", "dan"), "柏": ("bai", "bo"), "薄": ("bo", "bao"), "葛": ("ge",), "牟": ("mu", "mou"),
    "长": ("zhang", "chang"), "重": ("chong", "zhong"), "都": ("du", "dou"), "卜": ("bu",), "佘": ("she",),
    "褚": ("chu",), "臧": ("zang",), "阚": ("kan",), "郗": ("xi", "chi"), "晁": ("chao",), "干": ("gan",),
    "沈": ("shen",), "盛": ("sheng",), "祭": ("zhai", "ji"), "相": ("xiang",), "宁": ("ning",), "么": ("yao", "me"),
    "那": ("na",), "会": ("gui", "hui"), "哈": ("ha",), "俞": ("yu",), "於": ("yu",), "过": ("guo",), "应": ("ying",),
    "纪": ("ji",), "任": ("ren",), "华": ("hua",), "燕": ("yan",), "鲍": ("bao",), "谌": ("chen", "shen"),
}  # fmt: skip


@cache
def _table() -> dict[str, str]:
    """Character to its readings, the commonest first, separated by blanks."""
    found: dict[str, str] = {}
    for row in files("huiyao.language").joinpath("readings.txt").read_text("utf-8").splitlines():
        _rank, syllable, letters = row.split(" ")
        for letter in letters:
            found[letter] = f"{found[letter]} {syllable}" if letter in found else syllable
    return found


def syllables(letter: str) -> tuple[str, ...]:
    """Readings of one simplified character without tones, commonest first; empty for what is no Han character."""
    return tuple(_table().get(letter, "").split())


def _parts(name: str) -> list[tuple[str, ...]]:
    """The readings of each unit of a folded name: a surname, a character, or a word of other letters."""
    parts: list[tuple[str, ...]] = []
    for word in re.findall(r"[\u4e00-\u9fff]+|[^\W_\u4e00-\u9fff]+", name):
        if not syllables(word[0]):
            parts.append((word,))
            continue
        known = 0 if parts else _surname_length(word)
        if known:
            parts.append(_SURNAMES[word[:known]])
        parts.extend(read for letter in word[known:] if (read := syllables(letter)))
    return parts


def _surname_length(word: str) -> int:
    """Length of the surname with readings of its own that a name begins with; a given name must follow."""
    return next((length for length in (2, 1) if len(word) > length and word[:length] in _SURNAMES), 0)


def full_keys(name: str) -> tuple[str, ...]:
    """Full spellings of a name (``xuheng``), at most ``MAX_KEYS``, the commonest first."""
    choices = islice(product(*_parts(fold_key(name))), MAX_KEYS)
    spelled = ["".join(choice).replace(" ", "") for choice in choices]
    with_u = [key.replace("v", "u") for key in spelled if _UMLAUT.search(key)]
    return tuple(dict.fromkeys(key for key in (*spelled, *with_u) if key))[:MAX_KEYS]


def initial_keys(name: str) -> tuple[str, ...]:
    """Initials of a name (``xh``), at most ``MAX_KEYS``, the commonest first; a double surname gives two."""
    choices = islice(product(*_parts(fold_key(name))), MAX_KEYS)
    keys = ("".join(word[0] for part in choice for word in part.split()) for choice in choices)
    return tuple(dict.fromkeys(key for key in keys if key))


def pinyin_keys(name: str) -> tuple[str, ...]:
    """All keys under which a name is found: full spellings, then initials, no repeats."""
    return tuple(dict.fromkeys((*full_keys(name), *initial_keys(name))))
