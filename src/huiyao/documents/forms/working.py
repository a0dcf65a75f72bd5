# SPDX-License-Identifier: Apache-2.0
"""The jobs of the press that fills forms; imported only inside its process."""

from collections.abc import Callable

from huiyao.documents.forms.fields import Row
from huiyao.documents.forms.refusals import FormRefused
from huiyao.documents.forms.rendering import filled, names_in
from huiyao.documents.press import Answer, Job


def _fill(content: bytes, values: Row) -> Answer:
    return {}, filled(content, values)[0]


def _check(content: bytes, values: Row) -> Answer:
    unknown, used = names_in(content, values)
    return {"unknown": unknown, "used": used}, b""


def _refusing(job: Callable[[bytes, Row], Answer]) -> Job:
    def answer(content: bytes, values: Row) -> Answer:
        try:
            return job(content, values)
        except FormRefused as refusal:
            return {"reason": refusal.reason, "detail": refusal.detail}, b""
        except MemoryError:
            return {"reason": "too_much_memory", "detail": "", "tired": True}, b""

    return answer


JOBS: dict[str, Job] = {"fill": _refusing(_fill), "check": _refusing(_check)}
