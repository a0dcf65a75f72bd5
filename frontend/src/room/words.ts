// SPDX-License-Identifier: Apache-2.0
// Every word the room shows, in three languages. A missing one does not compile.

const zhHans = {
  "kind.topic": "议题", "kind.note": "记要", "kind.problem": "问题", "kind.solution": "方案",
  "kind.decision": "共识", "kind.action": "行动", "kind.parked": "暂存",
  "role.organiser": "发起人", "role.host": "主持人", "role.facilitator": "引导人",
  "role.recorder": "记录人", "role.coordinator": "协调人",
  "seat.guest": "外部来宾", "seat.informed": "知会", "seat.walk_in": "临时到场", "seat.optional": "可选",
  "attendance.expected": "未到", "attendance.present": "在场", "attendance.left": "已离开", "attendance.absent": "缺席",
  "gap.task": "任务", "gap.owner": "负责人", "gap.due": "截止日期", "gap.support": "支持",

  "room": "会场", "home": "会要首页", "objective": "目标",
  "stage.before": "尚未开始", "stage.starts": "{time} 开始", "stage.running": "进行中", "stage.closed": "已结束",
  "state.saved": "已保存", "state.unsaved": "{n} 条未保存", "state.offline": "离线",
  "state.connecting": "正在连接", "state.offline_n": "离线 · {n} 条未保存", "state.stopped": "连接已停止",
  "state.help": "断网也能记，恢复后补传", "present": "{n} 人在场",
  "tab.record": "记录", "tab.agenda": "议程", "tab.people": "人员", "tabs": "会场的三个部分",

  "agenda": "议程", "agenda.left": "还剩 {left} / {minutes} 分", "agenda.over": "已超 {over} / {minutes} 分",
  "agenda.minutes": "{n} 分钟", "agenda.ahead": "全场超前 {n} 分", "agenda.behind": "全场落后 {n} 分", "agenda.on_time": "全场准时",
  "agenda.warn70": "本议题已用七成时间", "agenda.warn100": "本议题时间到了", "agenda.done": "已结束", "agenda.skipped": "已跳过",
  "agenda.now": "进行中", "agenda.goto": "切换到议题：{title}", "agenda.idle": "没有进行中的议题", "agenda.next_is": "下一个 {title}",
  "do.project": "投屏", "wall.end": "{time} 结束", "wall.topic": "议题 {n} / {all}", "wall.left": "还剩 · 计划 {minutes} 分钟", "wall.over": "已超 · 计划 {minutes} 分钟",
  "wall.whole_left": "全场还剩 · 共 {minutes} 分钟", "wall.whole_over": "全场已超 · 共 {minutes} 分钟", "wall.decided": "已达成共识", "wall.problems": "还没解决的问题",
  "do.start": "开始会议", "do.next": "下一议题", "do.extend": "＋{n} 分", "do.extend_long": "本议题延长 {n} 分钟",
  "do.readback": "收尾", "do.back": "回到记录", "do.close": "结束会议", "do.reopen": "重新打开",
  "do.minutes": "看纪要", "do.help": "快捷键", "do.undo": "撤销", "do.add": "添加",
  "parked": "暂存（跑题）", "outcome": "期望产出：{text}", "lead": "引导 {text}",

  "agenda.whole": "全场 {used} / {minutes} 分", "agenda.ends": "预计 {time} 结束 · 计划 {planned}", "agenda.until": "至 {time}", "agenda.used": "用时 {used} 分，计划 {minutes} 分", "agenda.carried": "上次暂存",
  "stage.began": "{time} 开始", "stage.began_late": "{time} 开始，晚 {n} 分", "lead.everyone": "全员", "lead.representatives": "各部门代表",
  "plan.extend": "「{title}」延长 {n} 分钟", "plan.takes": "取自：{list}", "plan.take": "{title} {n} 分", "plan.longer": "后面的议题不够，会议延长 {n} 分钟", "plan.ends": "预计 {time} 结束", "plan.do_extend": "延长",
  "plan.skip": "跳过「{title}」", "plan.reason": "理由（可不填）", "plan.do_skip": "跳过", "plan.cancel": "取消", "plan.up": "上移：{title}", "plan.down": "下移：{title}", "plan.skipped": "已跳过：{title}",
  "sound.on": "提示音：开", "sound.off": "提示音：关",

  "turn": "正在发言", "turn.none": "没有人在发言", "turn.limit": "每人不超过 {n} 分钟", "turn.soon": "快到 {n} 分钟", "turn.over": "已超 {over}", "turn.of": "共 {n} 分钟", "turn.next": "接着 {names}",
  "turn.take": "发言", "turn.end": "结束发言", "turn.hand": "举手发言", "turn.lower": "放下手", "turn.next_one": "下一位", "turn.give": "请 {name} 发言", "turn.queue": "排队 {n}", "turn.lower_of": "放下 {name} 的手", "turn.place": "举手 {n}",
  "turn.silent": "未发言", "turn.started": "{name} 发言", "turn.ended": "发言结束", "turn.yours": "轮到你发言。", "turn.time_up": "{name} 发言已满 {n} 分钟", "shares": "发言均衡", "shares.note": "只有主持人看得到，随复盘一起删除。",

  "opening": "开场", "opening.rules": "规则", "opening.rule_turn": "每人一次发言不超过 {n} 分钟",
  "opening.rule_subject": "围绕议题；跑题的记到暂存", "opening.rule_record": "谁都可以记，记下的大家立即看到",
  "opening.roles": "角色", "opening.nobody": "未指定", "opening.no_recorder": "还没有记录人：请先指定，或由主持人自己记。",
  "opening.recorder_is_host": "主持人同时是记录人：主持时很难记全。", "opening.wait": "等待主持人开始会议。",
  "opening.newcomers": "首次参加，请先介绍", "opening.recorder_leads": "记录人 {name} 要引导「{title}」：主讲时很难记全。", "opening.anyway": "仍然开始", "opening.confirm": "开始即确认以上角色。",
  "opening.late": "已过开始时间 {n} 分钟", "opening.minutes": "共 {n} 分钟",
  "late_joiner": "会议已开始 {n} 分钟。到现在：{problems} 个问题，{decisions} 项共识，{actions} 项行动。", "late_joiner.now": "现在：{title}", "late_joiner.decided": "已经定下", "late_joiner.none": "还没有定下什么。", "late_joiner.ok": "知道了",

  "record": "记录", "record.empty": "还没有条目。在下面写，按 Enter 添加。", "record.unfiled": "未归入议题",
  "entry.edit": "编辑文字", "entry.text": "{kind} 的文字", "entry.more": "{kind} 的更多操作", "entry.empty": "（空）",
  "entry.kind": "改变类别，现在是 {kind}", "entry.by": "{department} 提出", "entry.no_solution": "还没有方案",
  "entry.no_action": "还没有行动", "entry.editing": "{names} 正在写", "entry.removed": "已删除一条{kind}。",
  "entry.late": "会议结束后才送达：没有进入记录，已作为修正交给记录人",
  "menu.kind": "改为{kind}", "menu.up": "上移", "menu.down": "下移", "menu.in": "缩进（归到上一条）", "menu.out": "提升一级",
  "menu.fields": "负责人、日期、支持", "menu.remove": "删除", "menu": "操作",

  "owner": "负责人", "owner.department": "部门", "owner.person": "人员", "owner.open": "待指定", "owner.open_by": "由谁指定", "owner.open_when": "何时前指定",
  "owner.named": "待 {person} 于 {date} 前指定", "due": "截止", "due.rest": "休息日", "support": "支持", "support.none": "不需要支持", "support.some": "需要支持",
  "support.what": "提供什么", "support.add": "再加一条支持", "support.remove": "去掉这条支持", "support.due": "何时前",
  "task": "任务", "field.add": "＋{field}", "fields.title": "行动的负责人、日期和支持", "fields.done": "好了",
  "choose": "请选择", "picker.none": "没有找到", "picker.hint": "姓名或拼音", "picker.free": "新到场：{name}",
  "accepted": "已接受", "contested": "有异议：{reason}", "accept": "接受", "contest": "不该是我", "contest.reason": "理由", "contest.send": "提交",
  "mine": "分给你的行动",

  "capture": "记一条", "capture.hint": "写一条，Enter 添加；“问题：”“行动：”开头即定类别", "capture.into": "归入 {place}", "capture.read": "识别为",
  "capture.lines": "将添加 {n} 条", "capture.closed": "会议已结束，记录不再改动。", "capture.readonly": "你可以看，不能写。", "capture.before": "会议开始后才能写。",
  "capture.kind": "类别", "capture.where_reset": "归到当前议题",

  "people": "人员", "people.arrive": "{name}：{state}", "people.walk_in": "临时到场", "people.walk_in_hint": "姓名或拼音；外来的人写全名", "people.add": "加入",
  "people.roles": "角色", "people.change": "更换{role}", "people.you": "你", "people.department": "部门", "people.online": "在线",
  "people.waiting": "还没到", "people.here": "在场", "people.gone": "已离开或缺席",

  "readback": "复述与收尾", "readback.lead": "逐条念一遍，再结束。", "readback.decisions": "定了什么", "readback.actions": "谁、做什么、何时前",
  "readback.gaps": "还缺什么", "readback.gap": "{entry}：缺{what}", "readback.no_gaps": "每项行动都有任务、负责人、日期和支持。", "readback.dangling": "还悬着的",
  "readback.no_dangling": "没有悬着的问题和共识。", "readback.no_decisions": "没有共识。", "readback.no_actions": "没有行动项。", "readback.next": "下次会议",
  "readback.when": "日期和时间", "readback.focus": "重点", "readback.nobody": "还没有负责人", "readback.close_hint": "结束后记录定稿，立即生成纪要初稿。",
  "readback.blocked": "还不能结束：{n} 处要补。", "readback.host_closes": "由主持人结束会议。", "readback.summary": "{decisions} 项共识 · {actions} 项行动 · 用时 {minutes} 分钟",

  "closed": "会议于 {time} 结束，记录已定稿。", "closed.reopen_until": "{time} 前可以重新打开", "reopen.reason": "重新打开的理由", "closed.late": "结束后送达的改动",
  "late.amend": "作为修正收入", "late.dismiss": "不收", "late.by": "{name}，{time}", "late.kept": "你离线时写的 {n} 条在会议结束后才送达：已留在本机，并作为修正交给记录人。",

  "notice.offline": "现在离线，这一步要等连上再做。", "notice.refused": "没有成功：{text}", "notice.set_aside": "{n} 条没有被会场接受。文字保存在这里，可以复制或重新添加：",
  "notice.again": "重新添加", "notice.forget": "不要了", "notice.stopped_signin": "登录已失效。请重新登录，写下的都在本机。", "notice.stopped_access": "你已不能进入这个会场。没有保存的文字仍在本机。",
  "notice.stopped_gone": "这个会场不存在或已关闭。", "notice.stopped_other": "会场拒绝了连接（{code}）。", "notice.retry": "重试", "notice.sign_in": "去登录", "notice.undone": "已撤销。",
  "notice.redone": "已重做。", "notice.role": "{role}换为 {name}。", "notice.topic": "议题：{title}", "notice.reopened": "会议已重新打开。", "notice.no_storage": "浏览器不让保存本机副本：离线时请不要关闭这一页。",
  "notice.cleared": "本机副本已清除。", "close": "关闭",

  "help.title": "快捷键", "help.capture": "到输入行", "help.kinds": "输入行：定类别；条目上：改类别", "help.add": "添加；多行粘贴则逐行添加",
  "help.walk": "在条目间移动", "help.edit": "编辑条目", "help.leave": "离开编辑，再按回到输入行", "help.fields": "行动的负责人、日期、支持", "help.move": "上移、下移",
  "help.indent": "提升、缩进", "help.remove": "删除（可撤销）", "help.undo": "撤销、重做", "help.next": "下一议题（主持人）", "help.extend": "本议题延长 5、10 分钟（主持人）", "help.readback": "收尾",
  "help.skip": "跳过本议题（主持人）", "help.plan": "议程上：移动、跳过后面的议题（主持人）", "help.hand": "举手、放下手", "help.floor": "发言、结束发言", "help.give": "请下一位发言（主持人）", "help.give_n": "请在场第几位发言（主持人）", "help.sound": "提示音开、关", "help.help": "这张表", "help.clear": "清除本机副本", "help.clear_hint": "公用电脑上离开前用。未保存的内容会一并清除。",
};

export type Key = keyof typeof zhHans;
type Table = { [key in Key]: string };

const zhHant: Table = {
  "kind.topic": "議題", "kind.note": "記要", "kind.problem": "問題", "kind.solution": "方案",
  "kind.decision": "共識", "kind.action": "行動", "kind.parked": "暫存",
  "role.organiser": "發起人", "role.host": "主持人", "role.facilitator": "引導人",
  "role.recorder": "記錄人", "role.coordinator": "協調人",
  "seat.guest": "外部來賓", "seat.informed": "知會", "seat.walk_in": "臨時到場", "seat.optional": "可選",
  "attendance.expected": "未到", "attendance.present": "在場", "attendance.left": "已離開", "attendance.absent": "缺席",
  "gap.task": "任務", "gap.owner": "負責人", "gap.due": "截止日期", "gap.support": "支援",

  "room": "會場", "home": "會要首頁", "objective": "目標",
  "stage.before": "尚未開始", "stage.starts": "{time} 開始", "stage.running": "進行中", "stage.closed": "已結束",
  "state.saved": "已儲存", "state.unsaved": "{n} 條未儲存", "state.offline": "離線",
  "state.connecting": "正在連線", "state.offline_n": "離線 · {n} 條未儲存", "state.stopped": "連線已停止",
  "state.help": "斷網也能記，恢復後補傳", "present": "{n} 人在場",
  "tab.record": "記錄", "tab.agenda": "議程", "tab.people": "人員", "tabs": "會場的三個部分",

  "agenda": "議程", "agenda.left": "還剩 {left} / {minutes} 分", "agenda.over": "已超 {over} / {minutes} 分",
  "agenda.minutes": "{n} 分鐘", "agenda.ahead": "全場超前 {n} 分", "agenda.behind": "全場落後 {n} 分", "agenda.on_time": "全場準時",
  "agenda.warn70": "本議題已用七成時間", "agenda.warn100": "本議題時間到了", "agenda.done": "已結束", "agenda.skipped": "已跳過",
  "agenda.now": "進行中", "agenda.goto": "切換到議題：{title}", "agenda.idle": "沒有進行中的議題", "agenda.next_is": "下一個 {title}",
  "do.project": "投影", "wall.end": "{time} 結束", "wall.topic": "議題 {n} / {all}", "wall.left": "還剩 · 計畫 {minutes} 分鐘", "wall.over": "已超 · 計畫 {minutes} 分鐘",
  "wall.whole_left": "全場還剩 · 共 {minutes} 分鐘", "wall.whole_over": "全場已超 · 共 {minutes} 分鐘", "wall.decided": "已達成共識", "wall.problems": "還沒解決的問題",
  "do.start": "開始會議", "do.next": "下一議題", "do.extend": "＋{n} 分", "do.extend_long": "本議題延長 {n} 分鐘",
  "do.readback": "收尾", "do.back": "回到記錄", "do.close": "結束會議", "do.reopen": "重新開啟",
  "do.minutes": "看紀要", "do.help": "快速鍵", "do.undo": "復原", "do.add": "新增",
  "parked": "暫存（離題）", "outcome": "期望產出：{text}", "lead": "引導 {text}",

  "agenda.whole": "全場 {used} / {minutes} 分", "agenda.ends": "預計 {time} 結束 · 計畫 {planned}", "agenda.until": "至 {time}", "agenda.used": "用時 {used} 分，計畫 {minutes} 分", "agenda.carried": "上次暫存",
  "stage.began": "{time} 開始", "stage.began_late": "{time} 開始，晚 {n} 分", "lead.everyone": "全員", "lead.representatives": "各部門代表",
  "plan.extend": "「{title}」延長 {n} 分鐘", "plan.takes": "取自：{list}", "plan.take": "{title} {n} 分", "plan.longer": "後面的議題不夠，會議延長 {n} 分鐘", "plan.ends": "預計 {time} 結束", "plan.do_extend": "延長",
  "plan.skip": "跳過「{title}」", "plan.reason": "理由（可不填）", "plan.do_skip": "跳過", "plan.cancel": "取消", "plan.up": "上移：{title}", "plan.down": "下移：{title}", "plan.skipped": "已跳過：{title}",
  "sound.on": "提示音：開", "sound.off": "提示音：關",

  "turn": "正在發言", "turn.none": "沒有人在發言", "turn.limit": "每人不超過 {n} 分鐘", "turn.soon": "快到 {n} 分鐘", "turn.over": "已超 {over}", "turn.of": "共 {n} 分鐘", "turn.next": "接著 {names}",
  "turn.take": "發言", "turn.end": "結束發言", "turn.hand": "舉手發言", "turn.lower": "放下手", "turn.next_one": "下一位", "turn.give": "請 {name} 發言", "turn.queue": "排隊 {n}", "turn.lower_of": "放下 {name} 的手", "turn.place": "舉手 {n}",
  "turn.silent": "未發言", "turn.started": "{name} 發言", "turn.ended": "發言結束", "turn.yours": "輪到你發言。", "turn.time_up": "{name} 發言已滿 {n} 分鐘", "shares": "發言均衡", "shares.note": "只有主持人看得到，隨復盤一起刪除。",

  "opening": "開場", "opening.rules": "規則", "opening.rule_turn": "每人一次發言不超過 {n} 分鐘",
  "opening.rule_subject": "圍繞議題；離題的記到暫存", "opening.rule_record": "誰都可以記，記下的大家立即看到",
  "opening.roles": "角色", "opening.nobody": "未指定", "opening.no_recorder": "還沒有記錄人：請先指定，或由主持人自己記。",
  "opening.recorder_is_host": "主持人同時是記錄人：主持時很難記全。", "opening.wait": "等待主持人開始會議。",
  "opening.newcomers": "首次參加，請先介紹", "opening.recorder_leads": "記錄人 {name} 要引導「{title}」：主講時很難記全。", "opening.anyway": "仍然開始", "opening.confirm": "開始即確認以上角色。",
  "opening.late": "已過開始時間 {n} 分鐘", "opening.minutes": "共 {n} 分鐘",
  "late_joiner": "會議已開始 {n} 分鐘。到現在：{problems} 個問題，{decisions} 項共識，{actions} 項行動。", "late_joiner.now": "現在：{title}", "late_joiner.decided": "已經定下", "late_joiner.none": "還沒有定下什麼。", "late_joiner.ok": "知道了",

  "record": "記錄", "record.empty": "還沒有條目。在下面寫，按 Enter 新增。", "record.unfiled": "未歸入議題",
  "entry.edit": "編輯文字", "entry.text": "{kind} 的文字", "entry.more": "{kind} 的更多操作", "entry.empty": "（空）",
  "entry.kind": "改變類別，現在是 {kind}", "entry.by": "{department} 提出", "entry.no_solution": "還沒有方案",
  "entry.no_action": "還沒有行動", "entry.editing": "{names} 正在寫", "entry.removed": "已刪除一條{kind}。",
  "entry.late": "會議結束後才送達：沒有進入記錄，已作為修正交給記錄人",
  "menu.kind": "改為{kind}", "menu.up": "上移", "menu.down": "下移", "menu.in": "縮排（歸到上一條）", "menu.out": "提升一級",
  "menu.fields": "負責人、日期、支援", "menu.remove": "刪除", "menu": "操作",

  "owner": "負責人", "owner.department": "部門", "owner.person": "人員", "owner.open": "待指定", "owner.open_by": "由誰指定", "owner.open_when": "何時前指定",
  "owner.named": "待 {person} 於 {date} 前指定", "due": "截止", "due.rest": "休息日", "support": "支援", "support.none": "不需要支援", "support.some": "需要支援",
  "support.what": "提供什麼", "support.add": "再加一條支援", "support.remove": "去掉這條支援", "support.due": "何時前",
  "task": "任務", "field.add": "＋{field}", "fields.title": "行動的負責人、日期和支援", "fields.done": "好了",
  "choose": "請選擇", "picker.none": "沒有找到", "picker.hint": "姓名或拼音", "picker.free": "新到場：{name}",
  "accepted": "已接受", "contested": "有異議：{reason}", "accept": "接受", "contest": "不該是我", "contest.reason": "理由", "contest.send": "提交",
  "mine": "分給你的行動",

  "capture": "記一條", "capture.hint": "寫一條，Enter 新增；「問題：」「行動：」開頭即定類別", "capture.into": "歸入 {place}", "capture.read": "識別為",
  "capture.lines": "將新增 {n} 條", "capture.closed": "會議已結束，記錄不再改動。", "capture.readonly": "你可以看，不能寫。", "capture.before": "會議開始後才能寫。",
  "capture.kind": "類別", "capture.where_reset": "歸到目前議題",

  "people": "人員", "people.arrive": "{name}：{state}", "people.walk_in": "臨時到場", "people.walk_in_hint": "姓名或拼音；外來的人寫全名", "people.add": "加入",
  "people.roles": "角色", "people.change": "更換{role}", "people.you": "你", "people.department": "部門", "people.online": "線上",
  "people.waiting": "還沒到", "people.here": "在場", "people.gone": "已離開或缺席",

  "readback": "複述與收尾", "readback.lead": "逐條唸一遍，再結束。", "readback.decisions": "定了什麼", "readback.actions": "誰、做什麼、何時前",
  "readback.gaps": "還缺什麼", "readback.gap": "{entry}：缺{what}", "readback.no_gaps": "每項行動都有任務、負責人、日期和支援。", "readback.dangling": "還懸著的",
  "readback.no_dangling": "沒有懸著的問題和共識。", "readback.no_decisions": "沒有共識。", "readback.no_actions": "沒有行動項。", "readback.next": "下次會議",
  "readback.when": "日期和時間", "readback.focus": "重點", "readback.nobody": "還沒有負責人", "readback.close_hint": "結束後記錄定稿，立即產生紀要初稿。",
  "readback.blocked": "還不能結束：{n} 處要補。", "readback.host_closes": "由主持人結束會議。", "readback.summary": "{decisions} 項共識 · {actions} 項行動 · 用時 {minutes} 分鐘",

  "closed": "會議於 {time} 結束，記錄已定稿。", "closed.reopen_until": "{time} 前可以重新開啟", "reopen.reason": "重新開啟的理由", "closed.late": "結束後送達的改動",
  "late.amend": "作為修正收入", "late.dismiss": "不收", "late.by": "{name}，{time}", "late.kept": "你離線時寫的 {n} 條在會議結束後才送達：已留在本機，並作為修正交給記錄人。",

  "notice.offline": "現在離線，這一步要等連上再做。", "notice.refused": "沒有成功：{text}", "notice.set_aside": "{n} 條沒有被會場接受。文字留在這裡，可以複製或重新新增：",
  "notice.again": "重新新增", "notice.forget": "不要了", "notice.stopped_signin": "登入已失效。請重新登入，寫下的都在本機。", "notice.stopped_access": "你已不能進入這個會場。沒有儲存的文字仍在本機。",
  "notice.stopped_gone": "這個會場不存在或已關閉。", "notice.stopped_other": "會場拒絕了連線（{code}）。", "notice.retry": "重試", "notice.sign_in": "去登入", "notice.undone": "已復原。",
  "notice.redone": "已重做。", "notice.role": "{role}換為 {name}。", "notice.topic": "議題：{title}", "notice.reopened": "會議已重新開啟。", "notice.no_storage": "瀏覽器不讓儲存本機副本：離線時請不要關閉這一頁。",
  "notice.cleared": "本機副本已清除。", "close": "關閉",

  "help.title": "快速鍵", "help.capture": "到輸入行", "help.kinds": "輸入行：定類別；條目上：改類別", "help.add": "新增；多行貼上則逐行新增",
  "help.walk": "在條目間移動", "help.edit": "編輯條目", "help.leave": "離開編輯，再按回到輸入行", "help.fields": "行動的負責人、日期、支援", "help.move": "上移、下移",
  "help.indent": "提升、縮排", "help.remove": "刪除（可復原）", "help.undo": "復原、重做", "help.next": "下一議題（主持人）", "help.extend": "本議題延長 5、10 分鐘（主持人）", "help.readback": "收尾",
  "help.skip": "跳過本議題（主持人）", "help.plan": "議程上：移動、跳過後面的議題（主持人）", "help.hand": "舉手、放下手", "help.floor": "發言、結束發言", "help.give": "請下一位發言（主持人）", "help.give_n": "請在場第幾位發言（主持人）", "help.sound": "提示音開、關", "help.help": "這張表", "help.clear": "清除本機副本", "help.clear_hint": "公用電腦上離開前用。未儲存的內容會一併清除。",
};

const en: Table = {
  "kind.topic": "Topic", "kind.note": "Note", "kind.problem": "Problem", "kind.solution": "Solution",
  "kind.decision": "Decision", "kind.action": "Action", "kind.parked": "Parked",
  "role.organiser": "Organiser", "role.host": "Host", "role.facilitator": "Facilitator",
  "role.recorder": "Recorder", "role.coordinator": "Coordinator",
  "seat.guest": "guest", "seat.informed": "informed", "seat.walk_in": "walk-in", "seat.optional": "optional",
  "attendance.expected": "expected", "attendance.present": "present", "attendance.left": "left", "attendance.absent": "absent",
  "gap.task": "task", "gap.owner": "owner", "gap.due": "due date", "gap.support": "support",

  "room": "Room", "home": "Huiyao home", "objective": "Objective",
  "stage.before": "not started", "stage.starts": "starts {time}", "stage.running": "in session", "stage.closed": "closed",
  "state.saved": "Saved", "state.unsaved": "{n} unsaved", "state.offline": "Offline",
  "state.connecting": "Connecting", "state.offline_n": "Offline · {n} unsaved", "state.stopped": "Connection stopped",
  "state.help": "Keep writing offline; it is sent later", "present": "{n} present",
  "tab.record": "Record", "tab.agenda": "Agenda", "tab.people": "People", "tabs": "The three parts of the room",

  "agenda": "Agenda", "agenda.left": "{left} left of {minutes} min", "agenda.over": "{over} over {minutes} min",
  "agenda.minutes": "{n} minutes", "agenda.ahead": "meeting {n} min ahead", "agenda.behind": "meeting {n} min behind", "agenda.on_time": "meeting on time",
  "agenda.warn70": "70% of this topic’s time is used", "agenda.warn100": "This topic’s time is up", "agenda.done": "done", "agenda.skipped": "skipped",
  "agenda.now": "now", "agenda.goto": "Go to topic: {title}", "agenda.idle": "No topic is running", "agenda.next_is": "next: {title}",
  "do.project": "Projector", "wall.end": "ends {time}", "wall.topic": "Topic {n} / {all}", "wall.left": "left of {minutes} minutes", "wall.over": "over {minutes} minutes",
  "wall.whole_left": "left of {minutes} minutes in all", "wall.whole_over": "over {minutes} minutes in all", "wall.decided": "Decided", "wall.problems": "Problems still open",
  "do.start": "Start the meeting", "do.next": "Next topic", "do.extend": "+{n} min", "do.extend_long": "Give this topic {n} more minutes",
  "do.readback": "Wrap up", "do.back": "Back to the record", "do.close": "Close the meeting", "do.reopen": "Reopen",
  "do.minutes": "See the minutes", "do.help": "Keys", "do.undo": "Undo", "do.add": "Add",
  "parked": "Parked (off the subject)", "outcome": "Expected outcome: {text}", "lead": "led by {text}",

  "agenda.whole": "meeting {used} of {minutes} min", "agenda.ends": "should end {time} · planned {planned}", "agenda.until": "until {time}", "agenda.used": "took {used} min of {minutes}", "agenda.carried": "carried over",
  "stage.began": "began {time}", "stage.began_late": "began {time}, {n} min late", "lead.everyone": "everyone", "lead.representatives": "department representatives",
  "plan.extend": "Give “{title}” {n} more minutes", "plan.takes": "taken from: {list}", "plan.take": "{title} {n} min", "plan.longer": "later topics cannot give enough: the meeting gets {n} min longer", "plan.ends": "should end {time}", "plan.do_extend": "Extend",
  "plan.skip": "Skip “{title}”", "plan.reason": "Reason (optional)", "plan.do_skip": "Skip", "plan.cancel": "Cancel", "plan.up": "Move up: {title}", "plan.down": "Move down: {title}", "plan.skipped": "Skipped: {title}",
  "sound.on": "Sound: on", "sound.off": "Sound: off",

  "turn": "Speaking", "turn.none": "Nobody has the floor", "turn.limit": "at most {n} minutes each", "turn.soon": "nearly {n} minutes", "turn.over": "{over} over", "turn.of": "of {n} minutes", "turn.next": "next: {names}",
  "turn.take": "Take the floor", "turn.end": "End turn", "turn.hand": "Raise hand", "turn.lower": "Lower hand", "turn.next_one": "Next speaker", "turn.give": "Give the floor to {name}", "turn.queue": "Waiting {n}", "turn.lower_of": "Lower the hand of {name}", "turn.place": "hand {n}",
  "turn.silent": "not yet spoken", "turn.started": "{name} speaks", "turn.ended": "The turn has ended", "turn.yours": "You have the floor.", "turn.time_up": "{name} has spoken for {n} minutes", "shares": "Speaking time", "shares.note": "Only the host sees this; it is deleted with the retrospective.",

  "opening": "Opening", "opening.rules": "Rules", "opening.rule_turn": "At most {n} minutes for each turn",
  "opening.rule_subject": "Stay on the subject; the rest is parked", "opening.rule_record": "Anyone may write; all see it at once",
  "opening.roles": "Roles", "opening.nobody": "nobody yet", "opening.no_recorder": "There is no recorder yet: name one, or the host records.",
  "opening.recorder_is_host": "The host is also the recorder: hard to do both.", "opening.wait": "Waiting for the host to start.",
  "opening.newcomers": "New here; introduce them first", "opening.recorder_leads": "The recorder {name} leads “{title}”: hard to do both.", "opening.anyway": "Start anyway", "opening.confirm": "Starting confirms these roles.",
  "opening.late": "{n} minutes past the start", "opening.minutes": "{n} minutes in all",
  "late_joiner": "The meeting began {n} minutes ago. So far: problems {problems}, decisions {decisions}, actions {actions}.", "late_joiner.now": "Now: {title}", "late_joiner.decided": "Decided so far", "late_joiner.none": "Nothing has been decided yet.", "late_joiner.ok": "Got it",

  "record": "Record", "record.empty": "No entries yet. Write below and press Enter.", "record.unfiled": "Under no topic",
  "entry.edit": "Edit the text", "entry.text": "Text of {kind}", "entry.more": "More for {kind}", "entry.empty": "(empty)",
  "entry.kind": "Change kind, now {kind}", "entry.by": "raised by {department}", "entry.no_solution": "no solution yet",
  "entry.no_action": "no action yet", "entry.editing": "{names} writing", "entry.removed": "{kind} deleted.",
  "entry.late": "Arrived after the closing: not in the record, offered to the recorder as an amendment",
  "menu.kind": "Make it: {kind}", "menu.up": "Move up", "menu.down": "Move down", "menu.in": "Indent (under the one above)", "menu.out": "Outdent",
  "menu.fields": "Owner, date, support", "menu.remove": "Delete", "menu": "Actions on the entry",

  "owner": "Owner", "owner.department": "Department", "owner.person": "Person", "owner.open": "To be named", "owner.open_by": "Named by", "owner.open_when": "Named before",
  "owner.named": "to be named by {person} by {date}", "due": "Due", "due.rest": "rest day", "support": "Support", "support.none": "No support needed", "support.some": "Support needed",
  "support.what": "What is supplied", "support.add": "Add another support", "support.remove": "Remove this support", "support.due": "Before",
  "task": "Task", "field.add": "+ {field}", "fields.title": "Owner, date and support of the action", "fields.done": "Done",
  "choose": "Choose", "picker.none": "Nobody found", "picker.hint": "Name or pinyin", "picker.free": "New arrival: {name}",
  "accepted": "accepted", "contested": "contested: {reason}", "accept": "Accept", "contest": "Not mine", "contest.reason": "Reason", "contest.send": "Send",
  "mine": "Actions given to you",

  "capture": "Write an entry", "capture.hint": "Write, then Enter; begin with “problem:” or “action:” to set the kind", "capture.into": "goes under {place}", "capture.read": "Understood as",
  "capture.lines": "entries to be added: {n}", "capture.closed": "The meeting is closed; the record no longer changes.", "capture.readonly": "You can read but not write.", "capture.before": "You can write once the meeting has started.",
  "capture.kind": "Kind", "capture.where_reset": "Put it under the current topic",

  "people": "People", "people.arrive": "{name}: {state}", "people.walk_in": "Walk-in", "people.walk_in_hint": "Name or pinyin; full name of somebody from outside", "people.add": "Add",
  "people.roles": "Roles", "people.change": "Change the {role}", "people.you": "you", "people.department": "Department", "people.online": "online",
  "people.waiting": "Not here yet", "people.here": "Present", "people.gone": "Left or absent",

  "readback": "Read back and close", "readback.lead": "Read each one aloud, then close.", "readback.decisions": "What was decided", "readback.actions": "Who does what by when",
  "readback.gaps": "What is missing", "readback.gap": "{entry}: {what} missing", "readback.no_gaps": "Every action has its task, owner, date and support.", "readback.dangling": "Left dangling",
  "readback.no_dangling": "No problem and no decision is left dangling.", "readback.no_decisions": "No decisions.", "readback.no_actions": "No actions.", "readback.next": "Next meeting",
  "readback.when": "Date and time", "readback.focus": "Focus", "readback.nobody": "No owner yet", "readback.close_hint": "Closing fixes the record and makes the draft minutes at once.",
  "readback.blocked": "Not yet; missing: {n}.", "readback.host_closes": "The host closes the meeting.", "readback.summary": "Decisions {decisions} · actions {actions} · {minutes} min",

  "closed": "The meeting closed at {time}; the record is fixed.", "closed.reopen_until": "can be reopened until {time}", "reopen.reason": "Why it must be reopened", "closed.late": "Changes that arrived after the closing",
  "late.amend": "Take as an amendment", "late.dismiss": "Dismiss", "late.by": "{name}, {time}", "late.kept": "What you wrote offline ({n}) arrived after the closing: it stays on this device and is offered to the recorder as an amendment.",

  "notice.offline": "You are offline; this step needs a connection.", "notice.refused": "That did not work: {text}", "notice.set_aside": "Not accepted by the room: {n}. The text is kept here to copy or add again:",
  "notice.again": "Add again", "notice.forget": "Discard", "notice.stopped_signin": "You are signed out. Sign in again; what you wrote is on this device.", "notice.stopped_access": "You may no longer enter this room. Text not yet saved is still on this device.",
  "notice.stopped_gone": "This room does not exist or is gone.", "notice.stopped_other": "The room refused the connection ({code}).", "notice.retry": "Try again", "notice.sign_in": "Sign in", "notice.undone": "Undone.",
  "notice.redone": "Redone.", "notice.role": "{role} is now {name}.", "notice.topic": "Topic: {title}", "notice.reopened": "The meeting is open again.", "notice.no_storage": "The browser keeps no copy on this device: do not close this page while offline.",
  "notice.cleared": "The copy on this device is gone.", "close": "Close",

  "help.title": "Keys", "help.capture": "to the capture line", "help.kinds": "capture line: set the kind; on an entry: change it", "help.add": "add; several pasted lines become several entries",
  "help.walk": "move between entries", "help.edit": "edit the entry", "help.leave": "leave editing; again: to the capture line", "help.fields": "owner, date, support of an action", "help.move": "move up, down",
  "help.indent": "outdent, indent", "help.remove": "delete (can be undone)", "help.undo": "undo, redo", "help.next": "next topic (host)", "help.extend": "5 or 10 more minutes (host)", "help.readback": "wrap up",
  "help.skip": "skip this topic (host)", "help.plan": "on the agenda: move or skip a later topic (host)", "help.hand": "raise or lower your hand", "help.floor": "take the floor, end your turn", "help.give": "next speaker (host)", "help.give_n": "floor to the n-th present (host)", "help.sound": "sound on, off", "help.help": "this list", "help.clear": "Clear the copy on this device", "help.clear_hint": "On a shared computer, before leaving. Unsaved content goes with it.",
};

export const TABLES: { [language: string]: Table } = { "zh-hans": zhHans, "zh-hant": zhHant, en };
