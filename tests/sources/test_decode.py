"""Bytes of every encoding promised become the right text, or are refused with a reason."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tertium.errors import InputError
from tertium.offsets import canonical
from tertium.sources.decode import Decoded, decode

ENGLISH = (
    "Members of the branch met at the north quay — “nobody had read us the law before,” one said. "
    "The rope walks’ owners paid €5 more, and 1,200 stewards signed. "
)
FRENCH = (
    "Le syndicat des étameurs a été créé en février à la suite de la grève. Où étiez-vous ? "
    "« Là-bas », répond l’ouvrière ; son frère préférait négocier, sûr d’être écouté. "
)
CHINESE = (
    "县总工会在三十个糖厂建立了基层工会。工作人员为新会员讲解《劳动法》。青波服务社帮助四十名工人提出工伤索赔，"
    "并陪同出庭。六月，熔糖车间的工人罢工三天，要求补发加班费，厂方拒绝谈判。"
)
TRADITIONAL = (
    "縣總工會在三十個糖廠建立了基層工會。工作人員為新會員講解《勞動法》。青波服務社幫助四十名工人提出工傷索賠，"
    "並陪同出庭。六月，熔糖車間的工人罷工三天，要求補發加班費，廠方拒絕談判。"
)
RUSSIAN = (
    "Рабочие завода объявили забастовку из-за невыплаты заработной платы. Профсоюз потребовал "
    "переговоров; юристы помогли подать иски в суд. Директор сказал: «Денег нет». "
)
UKRAINIAN = (
    "Робітники заводу оголосили страйк через невиплату заробітної плати. Її голова сказав, що є "
    "ще надія; профспілка вимагає переговорів і підтримки міста. "
)
ARABIC = (
    "أضرب العمال في المصنع ثلاثة أيام وطالبوا بزيادة الأجور وبحق تأسيس نقابة مستقلة في المدينة. "
    "وقال أحدهم إن الإدارة رفضت التفاوض. "
)
EMOJI = "The League 🧵 stitched a petition 👩🏽‍🏭 and 𝕊𝕜𝕪 crews refused 🛫 to load on the same night 🌙. "

ANY = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030")
HELD = [
    (ENGLISH, (*ANY, "cp1252")),
    (FRENCH, (*ANY, "cp1252")),
    (FRENCH.replace("’", "'"), ("latin-1",)),
    (CHINESE, ANY),
    (TRADITIONAL, (*ANY, "big5", "cp950")),
    (RUSSIAN, (*ANY, "cp1251")),
    (RUSSIAN.replace("«", '"').replace("»", '"'), ("koi8-r",)),
    (UKRAINIAN, (*ANY, "cp1251", "koi8-u")),
    (ARABIC, ANY),
    (EMOJI, ANY),
]
PAIRS = [(text, encoding) for text, encodings in HELD for encoding in encodings]
STATED = {
    "cp1252": "windows-1252",
    "latin-1": "windows-1252",
    "cp950": "big5",
    "cp1251": "windows-1251",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(PAIRS), st.integers(0, 150), st.integers(0, 200))
def test_round_trips(pair, start, more):
    """Sixty characters or more of a language come back from every encoding that can hold them."""
    text, encoding = pair
    piece = (text * 3)[start : start + 60 + more]
    assume(encoding not in ("utf-16-le", "utf-16-be") or "\n" in piece or " " in piece)
    assert decode(piece.encode(encoding)).text == canonical(piece)


@pytest.mark.parametrize(("text", "encoding"), PAIRS)
def test_the_encoding_is_stated(text, encoding):
    """The name that is stated is that of the encoding, without doubt where the text is long."""
    decoded = decode((text * 12).encode(encoding))
    assert decoded.encoding == STATED.get(encoding, encoding)
    if encoding != "gb18030":  # Russian and French in GB 18030 are too odd to be sure of
        assert decoded.note == ""


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("北山糖廠工會紀事。", "big5", "big5"),
        ("北山糖厂工会纪事。", "gb18030", "gb18030"),
        ("забастовка на заводе", "koi8-r", "koi8-r"),
        ("забастовка на заводе", "cp1251", "windows-1251"),
        ("ЗАБАСТОВКА НА ЗАВОДЕ", "cp1251", "windows-1251"),
        ("la grève", "cp1252", "windows-1252"),
    ],
)
def test_short_guesses_say_so(text, encoding, name):
    """A few foreign letters are decoded by the best guess, and the statement calls it one."""
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.statement == f"{name} (guessed; too short to be sure)"


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Cafe\u0301", "罢工", "е\u0308лка", "إضراب", "🛫", " ", "\r\n", "\r", "\n"]
        ),
        min_size=1,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_text_is_canonical(pieces, encoding):
    """CRLF, CR, byte order marks and combining marks come out in the one canonical form."""
    text = "".join(pieces)
    assume(text.strip())
    decoded = decode(text.encode(encoding)).text
    assert decoded == canonical(text)
    assert unicodedata.is_normalized("NFC", decoded)


def test_marks_in_a_row_all_go():
    """Two programs that each added a byte order mark leave none in the text."""
    assert decode(codecs.BOM_UTF8 * 2 + b"They struck.").text == "They struck."


def test_form_feeds_stay():
    """The pages of an extracted PDF are parted by form feeds, which are text."""
    assert decode(b"one\n\n\f\n\ntwo").text == "one\n\n\f\n\ntwo"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "the file is empty"),
        (b"  \n\t \r\n", "nothing but white space"),
        (b"\xef\xbb\xbf \n", "nothing but white space"),
        (b"The union\0 met\x07", "control character U+0000"),
        (b"red \x1b[31m", "control character U+001B"),
        (b"The strike of \xff\xfe\xc3( May began.\n", "not UTF-8, and no plausible text"),
        ("工人罢工。".encode() * 9 + b"\xff " + "要求".encode(), "byte 135 is not"),
        (("Workers’ " * 9).encode()[:-2], "middle of a character"),
        (b"\xff\xfe" + "罢工".encode("utf-16-le") + b"\x00", "byte order mark says utf-16-le"),
        (b"%PDF-1.7\n", "no text but a PDF"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_refusals(data, found):
    """What is no text is refused in one fault that names the file, the reason and a remedy."""
    with pytest.raises(InputError) as caught:
        decode(data, name="a.txt")
    (fault,) = caught.value.faults
    assert fault.file == "a.txt"
    assert found in fault.found
    assert fault.remedy


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("노동자들은 공장에서 파업을 시작했다. 노동조합은 임금 인상을 요구했다. " * 3, "euc-kr"),
        ("労働者は工場でストライキを始めた。労働組合は賃金の引き上げを要求した。" * 3, "shift-jis"),
        ("労働者は工場でストライキを始めた。労働組合は賃金の引き上げを要求した。" * 3, "euc-jp"),
        ("Związek zawodowy wezwał robotników do strajku; żądał wyższych płac. ", "cp1250"),
        (ARABIC, "cp1256"),
        ("Рабочие завода объявили забастовку из-за невыплаты. ", "cp866"),
    ],
)
def test_other_encodings_are_refused_not_garbled(text, encoding):
    """An encoding that is not promised is no reason to read nonsense."""
    with pytest.raises(InputError, match="save it as UTF-8"):
        decode(text.encode(encoding))


def test_the_line_of_the_damage_is_named():
    """A damaged place in a text that is UTF-8 otherwise is found by its line."""
    with pytest.raises(InputError) as caught:
        decode("工人\n罢工\n".encode() + b"\xe7\xbd x", name="a.txt")
    assert caught.value.faults[0].line == 3


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=60).map(lambda data: data.replace(b"\0", b"") * 4),
    )
)
def test_no_bytes_break_it(data):
    """Whatever the bytes, there is a canonical text that reads back the same, or an InputError."""
    try:
        decoded = decode(data)
    except InputError:
        return
    assert isinstance(decoded, Decoded)
    assert decoded.text == canonical(decoded.text)
    assert decode(decoded.text.encode("utf-8")).text == decoded.text
