"""Numbers in Chinese text.

Comes in: a paragraph, and the same with dates and references blotted out.
Goes out: quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tertium.comparison.numbers.quantity import (
    CURRENCIES,
    RANGE,
    YEAR,
    Quantity,
    canonical,
    trimmed_span,
    unit_pattern,
)

_ZH_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "兩": 2,
}  # fmt: skip

NOISE = [
    rf"{YEAR}\s*年(?:度|代)?(?:\s*\d{{1,2}}\s*月(?:份)?)?(?:\s*\d{{1,2}}\s*[日号號])?",
    r"[一二三四五六七八九〇零]{4}年(?:[一二三四五六七八九十]{1,3}月)?(?:[一二三四五六七八九十]{1,3}[日号號])?",
    r"\d{1,2}\s*月(?:份)?(?:\s*\d{1,2}\s*[日号號])?|\d{1,2}\s*[日号號](?!工人)",
    r"[一二三四五六七八九十]{1,3}月(?:份)?(?:[一二三四五六七八九十]{1,3}[日号號])?",
    r"第\s*[\d一二三四五六七八九十百千]+\s*[条條章节節款项項届屆次个個期卷号號页頁届]?",
    r"\d+\s*[号號楼樓室期]",
]

_ZH_SCALES = {
    "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8,
}  # fmt: skip

_ZH_QUALIFIER = (
    r"(?:超过|超過|超|逾|近|约|約|大约|大約|至少|最多|多达|多達|不到|不足|将近|將近|接近|共|总共|一共|"
    r"共有|共计)"
)

_ZH_UNITS = {
    "yuan": r"元(?:人民币)?|人民币", "US dollars": r"美元", "Hong Kong dollars": r"港元|港币",
    "%": r"%|％", "km": r"公里|千米", "m": r"米", "hours": r"个?小时|個?小時", "days": r"天",
    "weeks": r"周|星期", "months": r"个月|個月", "years": r"年", "minutes": r"分钟|分鐘",
    "tonnes": r"吨|噸", "hectares": r"公顷", "mu": r"亩|畝",
}  # fmt: skip

_ZH_NUMBER = (
    r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|"
    r"[一二两兩三四五六七八九十百千万萬亿億零〇]+|[数數几幾](?=[十百千万萬亿億])"
)

_ZH_COUNTER = (
    r"余名|多名|名|人次|人|位|个|個|家|起|次|件|项|項|所|条|條|份|辆|輛|只|隻|台|副|户|戶|支|场|場|"
    r"批|座|间|間|种|種|层|倍|枚|张|張|套|部"
)

_ZH = re.compile(
    rf"""(?<![\d.A-Za-z])(?:(?P<qualifier>{_ZH_QUALIFIER}))?\s*
    (?:(?P<percent>百分之)|(?P<currency>￥|¥|US\$|\$))?\s*
    (?P<number>{_ZH_NUMBER})(?:{RANGE}(?P<upper>{_ZH_NUMBER}))?
    \s*(?P<scale>[十百千]?[万萬亿億]|[十百千])?(?P<more>[余餘多来來])?\s*
    (?:(?P<unit>{unit_pattern(_ZH_UNITS)})|(?P<counter>{_ZH_COUNTER}))?
    (?P<after>以上|以下|左右|之多)?""",
    re.VERBOSE,
)

_ZH_NOUN = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8}?(?:就业形态劳动者|劳动者|农民工|工人|职工|員工|员工|工友|会员|會員|司机|骑手|"
    r"学生|代表|律师|受害者|受害人|患者|委员|干部|企业|企業|公司|工厂|工廠|组织|組織|工会|工會|口罩|案件|岗位|"
    r"案例|罢工|事件|国家|城市|地区|中心|文件|活动|人员|人員|人))"
)

_ZH_HARD_STOP = re.compile(r"[，。；：、！？（）()“”「」《》\s\n,.;:的了在是被把向对因从]")


def find(text: str, masked: str) -> Iterator[Quantity]:
    """The quantities of `text`, looked for where `masked` blots out nothing."""
    for match in _ZH.finditer(masked):
        counter = match["counter"] or ""
        unit = "%" if match["percent"] else canonical(match["unit"], _ZH_UNITS)
        if match["currency"]:
            unit = CURRENCIES[match["currency"]]
        is_digits = match["number"][0].isdigit()
        # 一个 and 一 in set phrases count nothing; 年 after a Han number is mostly a date.
        if not is_digits and (not (unit or counter) or match["number"] in ("一", "零", "〇")):
            continue
        if not (unit or counter or match["scale"] or match["qualifier"]):
            continue
        scale = 1.0
        for character in match["scale"] or "":
            scale *= _ZH_SCALES[character]
        is_vague = match["number"] in ("数", "數", "几", "幾")
        value = None if is_vague else _chinese_number(match["number"]) * scale
        upper = _chinese_number(match["upper"]) * scale if match["upper"] else None
        start = match.start()
        qualifier = (match["qualifier"] or "") + (match["more"] or "") + (match["after"] or "")
        words = match["number"] + (match["scale"] or "") if is_vague else ""
        if counter[:1] in ("余", "多") and len(counter) > 1:
            qualifier, counter = qualifier + counter[0], counter[1:]
        after = _chinese_phrase(text[match.end() :])
        if counter == "人":
            after = "人"
        if not after:
            before = re.split(r"[，。；：、！？（）“”\s]", text[:start])[-1]
            after = before[-10:].lstrip("的了在是")
        yield Quantity(
            trimmed_span(text, start, match.end()),
            value,
            upper,
            unit or counter,
            after,
            qualifier,
            words,
        )


def _chinese_phrase(text: str) -> str:
    clause = _ZH_HARD_STOP.split(text.removeprefix("的"), maxsplit=1)[0]
    noun = _ZH_NOUN.match(clause)
    return noun[0] if noun else clause[:6]


def _chinese_number(text: str) -> float:
    """Digits, or a number in Han characters; 数 and 几 ("several") count as one."""
    if text[0].isdigit():
        return float(re.sub("[,，]", "", text))
    total = section = digit = 0.0
    for character in text:
        if character in "数數几幾":
            digit = 1.0
        elif character in _ZH_DIGITS:
            digit = float(_ZH_DIGITS[character])
        elif _ZH_SCALES[character] >= 1e4:
            total = (total + section + digit or 1.0) * _ZH_SCALES[character]
            section = digit = 0.0
        else:
            section += (digit or 1.0) * _ZH_SCALES[character]
            digit = 0.0
    return total + section + digit
