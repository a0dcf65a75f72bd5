# SPDX-License-Identifier: Apache-2.0
"""``PYTHON lark_message.py BASE_URL APP_ID SECRET OPEN_ID``: Feishu's own SDK sends a message twice; prints JSON."""

import json
import sys

import lark_oapi as lark
from lark_oapi.api.im.v1 import CreateMessageRequest, CreateMessageRequestBody

base, app, secret, person = sys.argv[1:]
client = lark.Client.builder().domain(base).app_id(app).app_secret(secret).log_level(lark.LogLevel.ERROR).build()
body = (
    CreateMessageRequestBody.builder().receive_id(person).msg_type("text").content('{"text": "好"}').uuid("u1").build()
)
request = CreateMessageRequest.builder().receive_id_type("open_id").request_body(body).build()
answers = [client.im.v1.message.create(request) for _ in range(2)]
told = [{"ok": one.success(), "code": one.code, "id": one.data.message_id if one.data else ""} for one in answers]
print(json.dumps(told))
