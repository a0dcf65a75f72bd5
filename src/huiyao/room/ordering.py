# SPDX-License-Identifier: Apache-2.0
"""Order keys of siblings: fractional indexing, so that a move is one write (base 62, as the browser's library
makes).

A key is an integer part, whose first letter tells its length, and a fraction without trailing zero.
https://github.com/rocicorp/fractional-indexing
"""

from typing import Final

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ZERO: Final = "a0"


def between(before: str | None, after: str | None) -> str:
    """A key that sorts after ``before`` and before ``after`` (None: no neighbour on that side).

    A neighbour that is no key counts as none, and neighbours out of order as an open end: a foreign client
    may have written any order.
    """
    low, high = _bare(before), _bare(after)
    if low is not None and high is not None and low >= high:
        high = None
    if low is None:
        return _ZERO if high is None else _before(high)
    if high is None:
        return _after(low)
    whole_low, whole_high = _whole(low), _whole(high)
    if whole_low == whole_high:
        return whole_low + _middle(low[len(whole_low) :], high[len(whole_high) :])
    above = _increment(whole_low)
    if above is not None and above < high:
        return above
    return whole_low + _middle(low[len(whole_low) :], None)


def _bare(key: str | None) -> str | None:
    """The key without the client's suffix (after a full stop, which sorts before every digit); None for what
    is no key.
    """
    if not key:
        return None
    bare = key.split(".", 1)[0]
    good = bool(bare) and bare[0].isalpha() and all(letter in DIGITS for letter in bare)
    return bare if good and len(bare) >= _length(bare[0]) else None


def _length(head: str) -> int:
    return ord(head) - ord("a") + 2 if head.islower() else ord("Z") - ord(head) + 2


def _whole(key: str) -> str:
    return key[: _length(key[0])]


def _before(key: str) -> str:
    whole = _whole(key)
    if whole < key:
        return whole
    below = _decrement(whole)
    return below if below is not None else whole + _middle("", key[len(whole) :])


def _after(key: str) -> str:
    whole = _whole(key)
    above = _increment(whole)
    return above if above is not None else whole + _middle(key[len(whole) :], None)


def _middle(low: str, high: str | None) -> str:
    """A fraction strictly between two fractions."""
    shared = 0
    while high is not None and shared < len(high) and (low[shared : shared + 1] or "0") == high[shared]:
        shared += 1
    if high is not None and shared:
        return high[:shared] + _middle(low[shared:], high[shared:])
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(high[0]) if high else len(DIGITS)
    if last - first > 1:
        return DIGITS[(first + last + 1) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[first] + _middle(low[1:], None)


def _increment(whole: str) -> str | None:
    head, digits = whole[0], list(whole[1:])
    for place in reversed(range(len(digits))):
        rank = DIGITS.index(digits[place]) + 1
        if rank < len(DIGITS):
            digits[place] = DIGITS[rank]
            return head + "".join(digits)
        digits[place] = DIGITS[0]
    if head == "Z":
        return "a" + DIGITS[0]
    if head == "z":
        return None
    grown = chr(ord(head) + 1)
    return grown + "".join(digits) + DIGITS[0] if grown > "a" else grown + "".join(digits[1:])


def _decrement(whole: str) -> str | None:
    head, digits = whole[0], list(whole[1:])
    for place in reversed(range(len(digits))):
        rank = DIGITS.index(digits[place]) - 1
        if rank >= 0:
            digits[place] = DIGITS[rank]
            return head + "".join(digits)
        digits[place] = DIGITS[-1]
    if head == "a":
        return "Z" + DIGITS[-1]
    if head == "A":
        return None
    shrunk = chr(ord(head) - 1)
    return shrunk + "".join(digits) + DIGITS[-1] if shrunk < "Z" else shrunk + "".join(digits[1:])
