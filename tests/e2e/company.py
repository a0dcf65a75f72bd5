# SPDX-License-Identifier: Apache-2.0
"""``python -m tests.e2e.company``: found a company of six people over HUIYAO_DATA; print their logins and API tokens."""

import json
import os
import sys
from datetime import timedelta

import django
from django.core.management import call_command

PASSWORD = "paper-ink-seal-4"
PEOPLE = (
    # login, name, department, head
    ("wenqing", "闻清", "产品部", True),
    ("guyu", "谷雨", "运营部", True),
    ("shiyan", "石岩", "技术部", True),
    ("muge", "牧歌", "市场部", True),
    ("xiling", "夕铃", "销售部", True),
    ("baihe", "白鹤", "客服部", True),
)


def main() -> None:
    """The first login is an administrator."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyao.project.settings")
    django.setup(set_prefix=False)
    call_command("migrate", verbosity=0, interactive=False)
    from huiyao.domain.actor import Actor
    from huiyao.features.organisation.commands.details import found
    from huiyao.features.people.commands import departments, persons, tokens
    from huiyao.plumbing import clock

    at = clock.now() - timedelta(days=1)
    by = Actor(id="", name="test", administrator=True)
    found({"name": "测试公司", "zone": "Asia/Shanghai", "language": "zh-hans"}, by=by, at=at)
    result: dict[str, object] = {"departments": {}, "people": {}}
    for login, name, department, head in PEOPLE:
        row = departments.add_department(department, by=by, at=at)
        values = {"login": login, "name": name, "department": str(row.pk), "administrator": login == PEOPLE[0][0]}
        person = persons.add_person({**values, "email": f"{login}@example.test", "language": "zh-hans"}, by=by, at=at)
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        if head:
            departments.change_department(
                row.pk, name=department, parent_id="", head_id=str(person.pk), version=row.version, by=by, at=at
            )
        token = tokens.make_token(person.pk, "test", by=by, at=at)
        result["departments"][department] = str(row.pk)
        result["people"][login] = {"id": str(person.pk), "name": name, "token": token, "department": str(row.pk)}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
