# SPDX-License-Identifier: Apache-2.0
"""Who works at the invented company: six departments, twenty-one persons."""

from dataclasses import dataclass

COMPANY = "云栈智能设备有限公司"
PASSWORD = "huiyao-demo"  # noqa: S105 the demo's password is meant to be known; it is served on loopback only


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the demo: login, name, department, title."""

    login: str
    name: str
    department: str
    title: str = ""
    head: bool = False
    administrator: bool = False


CAST: tuple[Member, ...] = (
    Member("linxiao", "林晓", "产品部", "产品总监", head=True),
    Member("gaoyuan", "高远", "产品部", "产品经理"),
    Member("suqing", "苏青", "产品部", "产品经理"),
    Member("chenmo", "陈默", "市场部", "市场经理", head=True),
    Member("baiwei", "白薇", "市场部", "调研专员"),
    Member("shenyi", "沈毅", "市场部", "品牌专员"),
    Member("xuheng", "许衡", "技术部", "研发负责人", head=True),
    Member("fangzhou", "方舟", "技术部", "后端工程师"),
    Member("jiangnan", "江楠", "技术部", "测试工程师"),
    Member("luoxi", "罗曦", "技术部", "前端工程师"),
    Member("sunyan", "孙岩", "销售部", "销售总监", head=True),
    Member("zhaoning", "赵宁", "销售部", "大客户经理"),
    Member("pengfei", "彭菲", "销售部", "渠道经理"),
    Member("hemiao", "何苗", "客服部", "客服主管", head=True),
    Member("dingxiang", "丁香", "客服部", "投诉专员"),
    Member("guqiu", "顾秋", "客服部", "培训专员"),
    Member("zhoulan", "周岚", "运营部", "运营经理", head=True, administrator=True),
    Member("weiming", "韦明", "运营部", "项目协调"),
    Member("tangli", "唐立", "运营部", "数据分析"),
    Member("yecheng", "叶澄", "运营部", "流程专员"),
    Member("moran", "莫然", "运营部", "行政"),
)

DEPARTMENTS: tuple[str, ...] = tuple(dict.fromkeys(member.department for member in CAST))

SHOWN: tuple[tuple[str, str], ...] = (
    ("linxiao", "hosts most meetings; reviews minutes"),
    ("zhoulan", "records; administrator"),
    ("xuheng", "facilitates; owns actions"),
    ("chenmo", "represents Marketing; owns actions"),
    ("zhaoning", "represents Sales; has an invitation to answer"),
    ("hemiao", "represents Customer Service; has minutes to confirm"),
)
"""The six people whose sign-in is printed, with what one can see as them."""
