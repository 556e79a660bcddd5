"""Generated texts and patterns: English, Chinese and Russian, from a seed and word lists alone.

Comes in: a size and a seed.
Goes out: an Arrow column of texts and a list of patterns that occur in them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pyarrow as pa

SEED = 20
_BATCH = 20_000

_NOUNS = (
    "worker union factory owner manager strike wage contract dispute lawyer council committee "
    "campaign member leader meeting office demand offer court judge claim hearing ministry law "
    "article draft shift plant mine harbour railway school hospital driver teacher miner nurse "
    "picket banner petition letter report fund fee pension holiday injury safety training course "
    "volunteer delegate branch federation assembly vote ballot agreement settlement inspector"
).split()
_VERBS = (
    "demand join sign reject support organis negotiat defend collect elect visit train sue warn "
    "answer promis block reopen clos march petition protest settl appeal publish translat advis"
).split()
_ADJECTIVES = (
    "local national independent official collective legal unpaid monthly dangerous young regional "
    "joint new old small foreign public private open temporary self-employed non-union textile "
    "southern northern elected sudden peaceful long written"
).split()
_ENDINGS = ("", "", "s", "ed", "ing", "er", "’s")
_SYLLABLES = (
    "ba dro fen gal hir jost kem lun mar nep ol pra quin ros tal ur ven wes yar zim".split()
)

_HAN_WORDS = (
    "工人 工会 罢工 工资 合同 工厂 老板 经理 法院 律师 培训 安全 工伤 赔偿 加班 协商 谈判 集体 "
    "代表 会议 要求 答复 条例 草案 部门 政府 机构 志愿者 司机 教师 矿工 码头 铁路 医院 学校 声援 "
    "抗议 请愿 签名 选举 会员 主席 分会 总会 联合 调解 仲裁 起诉 胜诉 停工 复工 休假 养老 "
    "保险 社保 补偿"
).split()
_HAN_FILLERS = "的 了 在 和 与 对 向 从 已 将 并 为 被 由 等".split()
_ABBREVIATIONS = "QWF NLU BTO KRA İZK VDU".split()

_RUSSIAN_NOUNS = (
    "рабоч профсоюз забастовк зарплат договор завод директор суд юрист обучени безопасност травм "
    "компенсаци переговор делегат собрани требовани ответ закон проект министерств водител "
    "учител шахтёр порт дорог больниц школ протест петици подпис выбор член председател отдел"
).split()
_RUSSIAN_ADJECTIVES = (
    "местн национальн независим официальн коллективн правов месячн опасн молод региональн нов "
    "стар малы открыт временн текстильн южн северн выборн мирн долг письменн"
).split()
_RUSSIAN_VERBS = "требу поддерж подписа отклон организу защища собра избра обуча предупред".split()
_NOUN_ENDINGS = ("", "а", "ы", "у", "ой", "ам", "ов")
_ADJECTIVE_ENDINGS = ("ый", "ого", "ая", "ой", "ые", "ых")
_VERB_ENDINGS = ("ют", "ли", "л", "ет")

_NAMES = 2_000
_SENTENCES = 30_000


def texts(size: int, *, longest: int = 10, count: int | None = None) -> pa.ChunkedArray:
    """Texts of up to `longest` sentences: `size` bytes in all, or `count` texts if that is given.

    Of 100 texts 70 are English, 12 Chinese, 12 Russian and 6 mixed. Some spaces are
    non-breaking, some empty texts and accents stand among them.
    """
    chance = random.Random(SEED)
    pools = {
        "en": [_english(chance) for _ in range(_SENTENCES)],
        "zh": [_chinese(chance) for _ in range(_SENTENCES // 3)],
        "ru": [_russian(chance) for _ in range(_SENTENCES // 3)],
    }
    pools["mixed"] = [one for pool in pools.values() for one in pool[: _SENTENCES // 6]]
    return pa.chunked_array(list(_batches(pools, chance, size, longest, count)), type=pa.string())


def _batches(
    pools: dict[str, list[str]], chance: random.Random, size: int, longest: int, count: int | None
) -> Iterator[pa.Array]:
    batch: list[str] = []
    written = made = 0
    while written < size if count is None else made < count:
        kind = chance.choices(("en", "zh", "ru", "mixed"), (70, 12, 12, 6))[0]
        many = chance.randint(1, longest) if chance.random() > 0.002 else 0
        text = ("" if kind == "zh" else " ").join(chance.choices(pools[kind], k=many))
        batch.append(text)
        made += 1
        written += len(text.encode())
        if len(batch) == _BATCH:
            yield pa.array(batch)
            batch = []
    yield pa.array(batch, type=pa.string())


def _pick(chance: random.Random, words: list[str]) -> str:
    """A word, the first of the list more often than the last."""
    return words[int(len(words) * chance.random() ** 2)]


def _names() -> list[str]:
    chance = random.Random(SEED + 1)
    made = ("".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3)))) for _ in range(_NAMES))
    return sorted(set(made))


_MADE_NAMES = _names()


def _spaced(chance: random.Random, words: list[str]) -> str:
    joints = chance.choices((" ", "\u00a0", "  ", "\n"), (960, 25, 10, 5), k=len(words))
    return "".join(joint + word for joint, word in zip(joints, words, strict=True))[1:]


def _english(chance: random.Random) -> str:
    def noun() -> str:
        return _pick(chance, _NOUNS) + chance.choice(("", "", "", "s", "s", "’s"))

    def name() -> str:
        return _pick(chance, _MADE_NAMES).title()

    words = ["The"]
    for _ in range(chance.randint(1, 3)):
        words += [_pick(chance, _ADJECTIVES), noun(), "of the", _pick(chance, _ADJECTIVES), noun()]
        words += [_pick(chance, _VERBS) + chance.choice(_ENDINGS), "the", noun(), "in", name()]
        words += [chance.choice(("and", "but", "while", "because")), "the"]
    words = [*words[:-2], "with", name(), "before", name() + "."]
    return _spaced(chance, " ".join(words).split(" "))


def _chinese(chance: random.Random) -> str:
    parts: list[str] = []
    for _ in range(chance.randint(6, 14)):
        parts.append(_pick(chance, _HAN_WORDS))
        parts.append(chance.choices(("", chance.choice(_HAN_FILLERS), "，"), (4, 4, 2))[0])
        if chance.random() < 0.05:
            parts.append(chance.choice(_ABBREVIATIONS))
        if chance.random() < 0.01:
            parts.append("\u3000")
    return "".join(parts) + "。"


def _russian(chance: random.Random) -> str:
    def phrase() -> list[str]:
        adjective = _pick(chance, _RUSSIAN_ADJECTIVES) + chance.choice(_ADJECTIVE_ENDINGS)
        noun = _pick(chance, _RUSSIAN_NOUNS) + chance.choice(_NOUN_ENDINGS)
        return [adjective, noun + ("\u0301" if chance.random() < 0.01 else "")]

    words = phrase()
    for _ in range(chance.randint(1, 3)):
        words += [_pick(chance, _RUSSIAN_VERBS) + chance.choice(_VERB_ENDINGS), *phrase(), "и"]
        words += phrase()
    return _spaced(chance, [words[0].title(), *words[1:-1], words[-1] + "."])


def patterns(count: int) -> list[str]:
    """So many different patterns; a smaller set is the beginning of a larger one.

    Of 100 about 15 are Chinese and 15 Russian; the others are English words and phrases.
    About four in ten end in a star, some have a star inside or in front.
    """
    chance = random.Random(SEED + 2)
    found: dict[str, None] = {}
    while len(found) < count:
        make = chance.choices((_english_pattern, _chinese_pattern, _russian_pattern), (70, 15, 15))
        found[make[0](chance)] = None
    return list(found)


def _english_pattern(chance: random.Random) -> str:
    noun, other = chance.choice(_NOUNS), chance.choice(_NOUNS)
    adjective, name = chance.choice(_ADJECTIVES), chance.choice(_MADE_NAMES)
    verb = chance.choice(_VERBS)
    kinds: list[tuple[int, Callable[[], str]]] = [
        (8, lambda: noun),
        (8, lambda: f"{verb}*"),
        (14, lambda: name),
        (20, lambda: f"{adjective} {noun}"),
        (16, lambda: f"{adjective} {noun}*"),
        (10, lambda: f"{verb}* the {noun}*"),
        (10, lambda: f"{noun} of the {adjective} {other}*"),
        (6, lambda: f"{adjective} * of the {noun}*"),
        (4, lambda: f"* in {name}"),
        (2, lambda: f"*{name[1:]}"),
        (2, lambda: f"*{noun[1:4]}* of the {adjective}"),
    ]
    return chance.choices([make for _, make in kinds], [weight for weight, _ in kinds])[0]()


def _chinese_pattern(chance: random.Random) -> str:
    first, second = chance.choice(_HAN_WORDS), chance.choice(_HAN_WORDS)
    return chance.choices(
        (first, first + second, f"{first} {second}", f"{first} * {second}", _abbreviated(chance)),
        (20, 60, 10, 8, 2),
    )[0]


def _abbreviated(chance: random.Random) -> str:
    return f"{chance.choice(_ABBREVIATIONS)} {chance.choice(_HAN_WORDS)}"


def _russian_pattern(chance: random.Random) -> str:
    adjective, noun = chance.choice(_RUSSIAN_ADJECTIVES), chance.choice(_RUSSIAN_NOUNS)
    verb = chance.choice(_RUSSIAN_VERBS)
    return chance.choices(
        (
            f"{noun}*",
            f"{adjective}* {noun}*",
            f"{verb}* {adjective}* {noun}*",
            f"{verb}* * {noun}*",
        ),
        (10, 50, 30, 10),
    )[0]
