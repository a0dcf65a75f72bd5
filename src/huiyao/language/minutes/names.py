# SPDX-License-Identifier: Apache-2.0
"""Which pieces of text can be the name of a person or a group, and lists of such names."""

import re
from collections.abc import Iterable

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛"
    "雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾"
    "路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封"
    "芮储靳汲糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴"
    "苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖终居衡步都耿满弘匡国文寇广禄阙东"
    "沃利蔚越隆师巩厍聂晁勾敖融冷辛阚那简饶空曾沙丰关蒯相查后荆红游竺权逯盖益桓公付肖楼区亓仝佟佘佴佼冮初刑卓单占原台吾员呼商塞壮展岳峰崇帅年庆庹"
    "廉强揭敬晋晨植楚母泰涂涛淳源熙牟玄琚由甯皇盘相真睢矫禚种竹策紧续羿脱臧良苑苟范荀药萨虎衷覃计言谌谯豆贠邸郄郜郤鄢锁锺门闫阙隋隽雒鞠頭首香鲜鹿麦黑齐"
    "陳張劉趙黃吳孫馬許鄭謝韓馮鄧葉蘇盧羅蔣蕭潘賈鍾譚鄒陸龍錢湯嚴賴龔顧萬嚴邱簡詹連馬温欧歐尧尭郗"
)
_DOUBLE = frozenset(["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒", "夏侯", "轩辕", "端木", "独孤", "南宫"])
_NOT_NAMES = frozenset(
    ["方案", "方式", "时间", "时候", "任务", "任何", "安全", "安排", "明确", "明天", "平台", "平均", "项目", "项", "计划", "经过", "经验", "应用", "应该", "成立", "成员", "成熟", "全部", "全体", "全员", "华为", "高效", "高级", "相关", "相应", "公开", "公司", "公众", "关于", "关闭", "关注", "连接", "路径", "路标", "水平", "常见", "和谐", "通过", "通知", "通用", "单位", "单独", "文档", "文件", "管理", "解决", "解释", "原因", "原则", "国内", "国际", "都需", "向量", "向外", "经常", "万一", "元数据", "白皮书", "封装", "包括", "包含", "申请", "申报", "申威", "马上", "强调", "真实", "种类", "由于", "后续", "后期", "初步", "初稿", "江苏", "山东", "广州", "广东", "宁波", "武汉", "成都", "温州", "石家庄", "云南", "云端", "金额", "家里", "易用", "易用性", "容器", "容易", "步骤", "满足", "师傅", "融合", "空间", "简化", "简单", "区块链", "区分", "展示", "展开", "商业", "商用", "年底", "年度", "年初", "年后", "源码", "真机", "策略", "种子", "言论", "时长", "时延", "计算", "计划性", "权限", "查看", "沟通", "习惯", "边缘", "温度", "别的", "双周", "双方", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "周末", "周报", "周边", "周期", "季度", "乐观", "明年", "明日", "毛利", "强化", "路线", "路由", "管控", "经理", "经办", "应急", "解读", "宣传", "宣讲", "单元", "包装", "石油", "龙芯", "麒麟", "申报人", "主席", "何时", "何处", "方向", "方面", "方便", "方法", "方舟", "利用", "利益", "支持", "成功", "成本", "全面", "通道", "都行", "都是", "严重", "严格", "高优", "高优先", "低优", "常规", "安装", "安装包", "周会", "双周会", "时效", "时区", "例会", "都可以", "相互", "盖章", "益处", "公布", "公示", "公告"]
)
GROUP = r"(?:组|团队|部|部门|委员会|单位|中心|公司|SIG|Sig|sig|PTLs?|PMC|负责人|[Cc]ommitters?|[Mm]aintainers?|[Ll]eader|项目群|办公室|协会|小组|室|处|科)"
_GROUP_NAME = re.compile(
    rf"[\w\u4e00-\u9fff\-·]{{0,14}}(?:\s?[\w\u4e00-\u9fff\-]{{1,12}})?\s?{GROUP}|all|ALL|All|每个人|各自|全体成员|全体|所有人|大家|各方",
    re.ASCII,
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{1,30}(?:\s[A-Z][a-z]{1,20})?")
_SEPARATORS = re.compile(r"\s*[、,，/&;；\\＆]\s*")
_AND = re.compile(r"(?:和|及|与|以及)")
_JOINT = re.compile(r"\s*(?:[、,，/&\\]|和|与|及)\s*|\s+(?=@)")
_GROUP_FRONT = re.compile(
    rf"[\w\u4e00-\u9fff\-]{{1,10}}?(?:(?:工作组|委员会|团队|小组|办公室|SIG|sig|Sig|PMC)|{GROUP}(?![\u4e00-\u9fff]))"
)
_HAN = re.compile(r"[\u4e00-\u9fff·]+")


def looks_like_person(text: str, people: frozenset[str] = frozenset()) -> bool:
    """A Chinese name of two to four characters with a surname, a known person, or the given name of one."""
    if text in people:
        return True
    if not 2 <= len(text) <= 4 or not _HAN.fullmatch(text) or text in _NOT_NAMES or text[:2] in _NOT_NAMES:
        return False
    if text[:2] in _DOUBLE:
        return True
    return text[0] in _SURNAMES and len(text) <= 3


def is_group(text: str) -> bool:
    """A working group, department or everybody."""
    return _GROUP_NAME.fullmatch(text) is not None


def is_name(text: str, people: frozenset[str] = frozenset()) -> bool:
    """A person, a group or a Latin account name."""
    text = text.lstrip("@")
    return looks_like_person(text, people) or is_group(text) or _LATIN.fullmatch(text) is not None


def split_names(text: str, people: frozenset[str] = frozenset()) -> tuple[str, ...] | None:
    """The names of a list where every piece is one, else None. ``和`` joins only what are names on both sides."""
    found: list[str] = []
    for piece in _SEPARATORS.split(text.strip(" \t。.、,，;；等*:：")):
        read = _piece(piece.strip(" @（）()[]【】*"), people)
        if read is None:
            return None
        found += read
    return tuple(dict.fromkeys(found))


def _piece(piece: str, people: frozenset[str]) -> list[str] | None:
    if not piece:
        return []
    if is_name(piece, people):
        return [piece]
    words = piece.split()
    if len(words) > 1 and all(is_name(word, people) for word in words):
        persons = [word for word in words if looks_like_person(word, people)]
        # "QA-SIG 邢某": the group only says where the person belongs
        return persons if persons and not is_group(words[-1]) else [piece]
    if len(words) == 2 and looks_like_person(words[1], people):
        return [words[1]]
    halves = _AND.split(piece)
    if len(halves) > 1 and all(is_name(half.strip(), people) for half in halves):
        return [half.strip() for half in halves]
    return None


def leading_names(
    text: str, people: frozenset[str], *, strict: bool = False, then: re.Pattern[str] | None = None
) -> tuple[tuple[str, ...], int]:
    """Names at the very front of a text and where they end. ``strict`` leaves out groups and Latin words.

    ``then`` is what must follow; it decides between a name of three characters and one of two.
    """
    names: list[str] = []
    position = end = 0
    while True:
        size = _one_name(text[position:], people, strict=strict, then=then)
        if not size:
            break
        names.append(text[position : position + size].lstrip("@").strip())
        end = position + size
        joint = _JOINT.match(text, end)
        if not joint:
            person = re.match(r"\s+(?P<name>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])", text[end:])
            if person and looks_like_person(person["name"], people) and not looks_like_person(names[-1], people):
                names[-1] = person["name"]  # "QA-SIG 邢某": the group only says where the person belongs
                end += person.end()
            break
        position = joint.end()
    return tuple(names), end


def _one_name(text: str, people: frozenset[str], *, strict: bool, then: re.Pattern[str] | None) -> int:
    bare = text.removeprefix("@")
    offset = len(text) - len(bare)
    for size in (4, 3, 2):
        if len(bare) >= size and bare[:size] in people:
            return size + offset
    if not strict:
        if found := _GROUP_FRONT.match(bare):
            return found.end() + offset
        if found := _LATIN.match(bare):
            return found.end() + offset if found.end() > 1 else 0
    sizes = [size for size in (3, 2) if len(bare) >= size and looks_like_person(bare[:size])]
    for size in sizes:
        if then is not None and (then.match(bare[size:]) or _JOINT.match(bare[size:])):
            return size + offset
    return sizes[0] + offset if sizes else 0


def with_given_names(people: Iterable[str]) -> frozenset[str]:
    """Full names and, for names of three characters, the given name people are called by."""
    known = {person.strip() for person in people if person.strip()}
    given = {person[1:] for person in known if len(person) == 3 and looks_like_person(person)}
    return frozenset(known | {name for name in given if name not in _NOT_NAMES})
