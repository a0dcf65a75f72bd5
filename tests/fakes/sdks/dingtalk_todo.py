# SPDX-License-Identifier: Apache-2.0
"""``PYTHON dingtalk_todo.py HOST:PORT KEY SECRET UNION_ID``: DingTalk's own SDK makes a to-do; prints JSON."""

import json
import sys

from alibabacloud_dingtalk.oauth2_1_0 import models as oauth
from alibabacloud_dingtalk.oauth2_1_0.client import Client as Oauth
from alibabacloud_dingtalk.todo_1_0 import models as todo
from alibabacloud_dingtalk.todo_1_0.client import Client as Todo
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions

endpoint, key, secret, union = sys.argv[1:]
config = Config(protocol="http", endpoint=endpoint)
token = Oauth(config).get_access_token(oauth.GetAccessTokenRequest(app_key=key, app_secret=secret)).body
headers = todo.CreateTodoTaskHeaders(x_acs_dingtalk_access_token=token.access_token)
request = todo.CreateTodoTaskRequest(
    operator_id=union, source_id="s1", subject="写方案", creator_id=union, executor_ids=[union]
)
made = Todo(config).create_todo_task_with_options(union, request, headers, RuntimeOptions()).body
print(json.dumps({"id": made.id, "subject": made.subject, "done": made.done, "expires": token.expire_in}))
