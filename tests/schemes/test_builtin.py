"""The schemes that the package ships: they read, keep their examples, know headings and scripts."""

from __future__ import annotations

import re

import pytest

from tertium.coding.check import check_scheme
from tertium.coding.coder import code
from tertium.offsets import canonical
from tertium.schemes.read import builtin_names, read_scheme
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source

NAMES = ("approach", "claim", "dimension", "outcome", "strategy", "tier")
CODES = {
    "approach": (
        "state_led",
        "ngo_paralegal",
        "legislative_advocacy",
        "international_campaign",
        "strike",
    ),
    "dimension": ("content", "agency", "strategizing_on", "inadequacy"),
    "tier": ("party_state_union", "ngo", "grassroots_workers"),
    "strategy": ("organizing", "campaigning", "advocacy"),
    "claim": (
        "wages",
        "hours",
        "dismissal_and_closure",
        "injury_and_disease",
        "social_insurance",
        "contracts",
        "representation",
        "dignity_and_discrimination",
        "other",
    ),
    "outcome": ("concession", "partial", "refused", "repression", "pending", "not_stated"),
}
# For people only: nothing in a text is a sign of them.
WITHOUT_INDICATORS = {("claim", "other"), ("outcome", "not_stated")}

# Simplified characters of the shipped patterns, and what stands for each in traditional script.
SIMPLIFIED = (
    "题谁么标战这质来为"
    "与专业东两严举乐习书买争于产仪价会伤体佣借偿克党关养册军农净几凭击办务动劳区医华协单卖占卫"
    "厂厅压县参双发吁启员周咨团国声处备复头奖奥学宝实审对导尘局层岗师带帮应开张强录征径态总愿托"
    "扰护报挂据无时机权条板构检横欧没洁济涨温游点热爱牵独环疗监盖矿确积税竞签粮系纠约级纳纷线组"
    "织终经结绝统维绿编缴罢群职联苏苹补见观规视订认讨训议讯记讲讼设访证诉话询说请诸调谈谴责购费"
    "资赔赛转输辞迁过运还进适选递采鉴链长门闭问间际险难雇静领驶驿骂骑骚"
    "万丢个临义乌乡乱亚从仓们众优传伦余兰兹内写冲决准凉减划则创别制剧卧历变叙台号后吓听园围场垄堕"
    "壳宪宽宾将尔属布干并广库废弃弹当恶户扎执扫扬抛拟拦拨择挝挠挥损搁摆数断显桥梁楼欢残气注渔湾满"
    "灯灾炉炼状狱猫献玛电盘着码离称稳筑筹红纪纱纸纺纽练绑绕络继续缅缓缔缩网罗罚肠肾胁胜脏脑脱腊舰"
    "范荐获营萨虚袭装裤计论诀评识诊词译试语诺课谊谐谣财败货贴贸赠赢车轨轰载辅辑辟达连迟逊邮释里钢"
    "钱铁银销锁锅锋锚镇闪队阵陆陈隶韩顶项顿颁预额风飞饭馆马鲜鸡鸣麦龄"
    "债宫殴烟给轻馈验"
    "庆痪瘫节讣让账贿轮违颈驱"
    "览边读儿帐驻闯凯挤泪"
)
TRADITIONAL = (
    "題誰麼標戰這質來為"
    "與專業東兩嚴舉樂習書買爭於產儀價會傷體傭藉償剋黨關養冊軍農淨幾憑擊辦務動勞區醫華協單賣佔衛"
    "廠廳壓縣參雙發籲啓員週諮團國聲處備復頭獎奧學寶實審對導塵侷層崗師帶幫應開張強錄徵徑態總願託"
    "擾護報掛據無時機權條闆構檢橫歐沒潔濟漲溫遊點熱愛牽獨環療監蓋礦確積稅競簽糧係糾約級納紛線組"
    "織終經結絕統維綠編繳罷羣職聯蘇蘋補見觀規視訂認討訓議訊記講訟設訪證訴話詢說請諸調談譴責購費"
    "資賠賽轉輸辭遷過運還進適選遞採鑑鏈長門閉問間際險難僱靜領駛驛罵騎騷"
    "萬丟個臨義烏鄉亂亞從倉們眾優傳倫餘蘭茲內寫沖決準涼減劃則創別製劇臥歷變敘臺號後嚇聽園圍場壟墮"
    "殼憲寬賓將爾屬佈幹並廣庫廢棄彈當惡戶紮執掃揚拋擬攔撥擇撾撓揮損擱擺數斷顯橋樑樓歡殘氣註漁灣滿"
    "燈災爐煉狀獄貓獻瑪電盤著碼離稱穩築籌紅紀紗紙紡紐練綁繞絡繼續緬緩締縮網羅罰腸腎脅勝臟腦脫臘艦"
    "範薦獲營薩虛襲裝褲計論訣評識診詞譯試語諾課誼諧謠財敗貨貼貿贈贏車軌轟載輔輯闢達連遲遜郵釋裏鋼"
    "錢鐵銀銷鎖鍋鋒錨鎮閃隊陣陸陳隸韓頂項頓頒預額風飛飯館馬鮮雞鳴麥齡"
    "債宮毆菸給輕饋驗"
    "慶瘓癱節訃讓賬賄輪違頸驅"
    "覽邊讀兒帳駐闖凱擠淚"
)
# These also stand unchanged, or have a second traditional form.
ALSO = {
    "启": "啟",
    "签": "籤",
    "鉴": "鑒",
    "卫": "衞",
    "群": "群",
    "温": "溫",
    "冲": "衝",
    "台": "颱",
    "复": "複覆",
    "系": "繫",
    "里": "裡",
}
KEPT = set("于借克准凭制占参台周咨复局岗布开强录征托板注游爱盖着系苹责采里雇")

HEADINGS = {
    "content": [
        ("en", "Content"),
        ("en", "What it is about"),
        ("en", "Aims"),
        ("en", "Issues"),
        ("en", "Demands:"),
        ("en", "1. Substance"),
        ("en", "Main claims"),
        ("zh", "内容"),
        ("zh", "內容"),
        ("zh", "主要訴求"),
        ("ru", "Содержание"),
    ],
    "agency": [
        ("en", "Agency"),
        ("en", "Who acts"),
        ("en", "Actors"),
        ("en", "Agents"),
        ("en", "Carriers"),
        ("en", "Who is involved"),
        ("zh", "行动者"),
        ("zh", "行動者"),
        ("ru", "Субъекты"),
        ("ru", "Кто действует"),
    ],
    "strategizing_on": [
        ("en", "Strategizing on"),
        ("en", "Strategising on"),
        ("en", "Strategy"),
        ("en", "Levers"),
        ("en", "What it builds on"),
        ("en", "Means"),
        ("en", "Leverage"),
        ("en", "Relies on"),
        ("zh", "策略"),
        ("zh", "依託"),
        ("ru", "На что опирается"),
        ("ru", "Стратегия"),
    ],
    "inadequacy": [
        ("en", "Inadequacy"),
        ("en", "Limits"),
        ("en", "Limitations"),
        ("en", "Shortcomings"),
        ("en", "Weaknesses"),
        ("en", "Where it falls short"),
        ("en", "Gaps"),
        ("en", "Drawbacks"),
        ("en", "(c) Criticism"),
        ("zh", "不足"),
        ("zh", "侷限"),
        ("ru", "Недостатки"),
        ("ru", "Ограничения"),
    ],
}


def _codings(scheme: Scheme, text: str, *, language: str = "en", markup: str = "markdown"):
    source = Source(id="a", text=canonical(text), language=language, markup=markup)
    return code([source], [scheme]).codings


def _codes_over(codings, words: str) -> set[str]:
    """Return the codes of the codings that hold `words`."""
    return {row.code for row in codings.itertuples() if words in row.quote}


@pytest.mark.parametrize("name", NAMES)
def test_every_scheme_reads_and_has_its_codes(name: str):
    """Each shipped scheme reads without a fault and has the codes that the design names."""
    assert name in builtin_names()
    assert read_scheme(name).code_ids == CODES[name]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "approach"])
def test_examples_are_coded_as_the_scheme_says(name: str):
    """What must be coded is present, what must not is not."""
    assert [str(fault) for fault in check_scheme(read_scheme(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_language_of_the_scheme_is_searched(name: str):
    """A code has indicators in each language that its scheme lists, or in none at all."""
    scheme = read_scheme(name)
    for one in scheme.codes:
        if (name, one.id) in WITHOUT_INDICATORS:
            assert not one.indicators
        else:
            assert sorted(one.indicators) == sorted(scheme.languages), one.id


@pytest.mark.parametrize("name", [name for name in NAMES if name != "approach"])
def test_every_searched_language_has_examples_of_both_kinds(name: str):
    """A language with indicators has a text that must be coded and one that must not."""
    for one in read_scheme(name).codes:
        for language in one.indicators:
            kinds = {example.coded for example in one.examples if example.language == language}
            assert kinds == {True, False}, (one.id, language)


@pytest.mark.parametrize("name", NAMES)
def test_no_list_is_left_unused(name: str):
    """A list of the scheme's own is named by an indicator, or it would only mislead."""
    scheme = read_scheme(name)
    named = {
        reference
        for one in scheme.codes
        for indicators in one.indicators.values()
        for indicator in indicators
        for reference in indicator.references
        if reference.startswith("@")
    }
    shared = {
        "official_union", "independent_union", "union_any", "union_not_labour", "ngo", "workers",
        "not_workers", "employer", "government", "international", "party_state",
        "public_legal_aid", "business_association",
    }  # fmt: skip
    assert {f"@{one}" for one in scheme.lists} - named - {f"@{one}" for one in shared} == set()


def _traditional(pattern: str) -> re.Pattern[str]:
    forms = dict(zip(SIMPLIFIED, TRADITIONAL, strict=True))
    parts = []
    for character in pattern:
        allowed = forms.get(character, character) + ALSO.get(character, "")
        if character in KEPT or character not in forms:
            allowed += character
        parts.append(f"[{re.escape(allowed)}]")
    return re.compile("".join(parts))


@pytest.mark.parametrize("name", NAMES)
def test_chinese_patterns_stand_in_both_scripts(name: str):
    """A list with a simplified pattern has its traditional form too."""
    missing = []
    for list_name, languages in read_scheme(name).lists.items():
        patterns = languages.get("zh", ())
        for pattern in patterns:
            if set(pattern) & (set(SIMPLIFIED) - KEPT):
                wanted = _traditional(pattern)
                if not any(wanted.fullmatch(other) for other in patterns):
                    missing.append((list_name, pattern))
    assert missing == []


@pytest.mark.parametrize(
    ("dimension", "language", "heading"),
    [(key, language, words) for key, pairs in HEADINGS.items() for language, words in pairs],
)
def test_a_heading_codes_what_stands_under_it(dimension: str, language: str, heading: str):
    """The article's names and other words for them code their section and no other dimension."""
    text = (
        f"# Title\n\n## Approach one\n\n### {heading}\n\nLorem ipsum.\n\n## Approach two\n\nEnd.\n"
    )
    codings = _codings(read_scheme("dimension"), text, language=language)
    assert _codes_over(codings, "Lorem ipsum") == {dimension}
    assert _codes_over(codings, "End.") == set()


def test_headings_of_a_table_code_its_columns():
    """A table with the dimensions across codes each column's cells, one by one."""
    text = (
        "| Approach | Demands | Who acts | Levers | Limits |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| Strikes | alpha | beta | gamma | delta |\n"
        "| Legal help | epsilon | zeta | eta | theta |\n"
    )
    codings = _codings(read_scheme("dimension"), text)
    assert _codes_over(codings, "alpha") == {"content"}
    assert _codes_over(codings, "zeta") == {"agency"}
    assert _codes_over(codings, "gamma") == {"strategizing_on"}
    assert _codes_over(codings, "theta") == {"inadequacy"}


def test_headings_of_a_table_code_its_rows():
    """A table with the dimensions down the side codes each row."""
    text = (
        "| | Strikes | Legal help |\n"
        "| --- | --- | --- |\n"
        "| Content | alpha | beta |\n"
        "| Agency | gamma | delta |\n"
    )
    codings = _codings(read_scheme("dimension"), text)
    assert _codes_over(codings, "alpha") == {"content"}
    assert _codes_over(codings, "delta") == {"agency"}


@pytest.mark.parametrize(
    "heading",
    ["Table of contents", "Skip to main content", "Strategy of the union in 1990", "Talent agency",
     "No limits", "The means of production", "Actors on strike", "Limits and outlook"],
)  # fmt: skip
def test_a_heading_that_only_holds_the_word_codes_nothing(heading: str):
    """A heading is a label or it is none: the word inside a longer heading does not count."""
    text = f"# Title\n\n## {heading}\n\nLorem ipsum.\n\n## Next\n\nEnd.\n"
    assert _codings(read_scheme("dimension"), text).empty


def test_the_table_of_the_article_is_coded_cell_by_cell(originals):
    """In the article of 2010 each of the 16 cells has its dimension by heading and no other."""
    text = (originals / "001_588463feffcb1f70.txt").read_text(encoding="utf-8")
    _assert_sixteen_cells(text, markup="plain")


def test_the_table_of_the_digest_is_coded_cell_by_cell(repository):
    """In the digest of the article each of the 16 cells has its dimension and no other."""
    digest = repository / "data" / "sources" / "digests" / "amrc-solidarity.md"
    _assert_sixteen_cells(digest.read_text(encoding="utf-8"), markup="markdown")


def _assert_sixteen_cells(text: str, *, markup: str) -> None:
    codings = _codings(read_scheme("dimension"), text, markup=markup)
    label = re.compile(r"^(?:### )?(?:Content|Agency|Strategizing on|Inadequacy)\n")
    cells = [row for row in codings.itertuples() if label.match(row.quote)]
    assert [cell.code for cell in cells] == list(CODES["dimension"]) * 4
    strays = [
        (cell.code, row.code, row.quote)
        for cell in cells
        for row in codings.itertuples()
        if row.code != cell.code and row.start < cell.end and row.end > cell.start
    ]
    assert strays == []


@pytest.mark.parametrize(
    "text",
    [
        "The European Union adopted a directive on workers.",
        "The Soviet Union fell in 1991.",
        "She joined a credit union.",
        "The rugby union team met the minister.",
    ],
)
def test_a_union_that_is_no_labour_union_organizes_nothing(text: str):
    """Names that hold the word union are kept apart from unions of labour."""
    assert _codings(read_scheme("strategy"), text).empty
    assert _codings(read_scheme("tier"), text).empty


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The average monthly salary of employees is about 3,500 yuan."),
        ("zh", "职工平均工资约为三千五百元。"),
        ("zh", "職工平均工資約為三千五百元。"),
        ("ru", "Средняя зарплата работников составляет 300 тысяч тенге."),
    ],
)
def test_a_reported_wage_is_no_claim(language: str, text: str):
    """A figure for pay that nobody asks for, owes or disputes is not coded."""
    assert _codings(read_scheme("claim"), text, language=language).empty


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The drivers went on strike because their wages were unpaid."),
        ("zh", "司机因被拖欠工资而罢工。"),
        ("zh", "司機因被拖欠工資而罷工。"),
        ("ru", "Водители бастуют: им задерживают зарплату."),
    ],
)
def test_one_claim_is_seen_in_every_script(language: str, text: str):
    """The same sentence in English, both Chinese scripts and Russian is a wage claim."""
    codings = _codings(read_scheme("claim"), text, language=language)
    assert "wages" in set(codings["code"])


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("The union gave the workers books and masks.", set()),
        ("The ACFTU gave the workers books and masks.", {"party_state_union"}),
        ("Migrant workers mobilise themselves spontaneously.", {"grassroots_workers"}),
        ("NGOs help workers who went on strike.", {"ngo", "grassroots_workers"}),
    ],
)
def test_workers_stand_on_a_tier_only_where_they_act(text: str, tiers: set[str]):
    """Who only receives stands on no tier; who acts does, also beside others."""
    codings = _codings(read_scheme("tier"), text)
    assert set(codings.loc[codings["confidence"] >= 0.6, "code"]) == tiers
