"""The language of a text is told by its letters, or not at all."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from tertium.cli import cli
from tertium.sources.language import script_language

WRITTEN = {
    "en": [
        "The union asked for higher pay, and the owners refused to talk.",
        "It was declared unlawful by the court, but their members stayed out.",
        "Democrats in Congress pushed for extra funding to avoid voter disenfranchisement.",
    ],
    "zh": [
        "县总工会在三十个糖厂建立了基层工会。",
        "縣總工會建立了基層工會。",
        "工会与国际工会联合会 (ITUC) 签约。",
        "ILO、ITUC、IUF与WTO发表了声明。",
    ],
    "ru": [
        "Рабочие объявили забастовку.",
        "Ей также предъявлено обвинение в суде.",
        "Профсоюз (union) требует выплат.",
        "В Жаңаөзене рабочие компании «ӨзенМұнайГаз» объявили забастовку и потребовали надбавок.",
        "Профсоюз в Қарағанды подал иск в суд на завод, и суд его принял.",
    ],
    "uk": ["Робітники заводу страйкували три дні, і профспілка вимагала підвищення."],
    "kk": ["Зауыт жұмысшылары үш күн бойы ереуілге шықты, кәсіподақ жалақыны көтеруді талап етті."],
    "ar": ["أضرب العمال في المصنع ثلاثة أيام وطالبوا بزيادة الأجور."],
    "ja": ["工場の労働者は三日間ストライキをした。"],
    "ko": ["공장 노동자들은 사흘간 파업했다."],
}
NOT_TOLD = {
    "it": "I lavoratori della fabbrica hanno scioperato per tre giorni e il sindacato ha chiesto aumenti. In città la manifestazione è stata grande.",
    "sv": "Arbetarna på fabriken strejkade i tre dagar och facket krävde högre löner för alla. Det var en stor dag i Malmö.",
    "ro": "Muncitorii din fabrică au intrat în grevă timp de trei zile și sindicatul a cerut salarii mai mari pentru toți.",
    "id": "Para pekerja di pabrik itu mogok selama tiga hari dan serikat pekerja menuntut kenaikan upah untuk semua orang.",
    "de": "Die Arbeiter der Fabrik streikten drei Tage, und die Gewerkschaft forderte in Berlin mehr Lohn. Das war der Anfang.",
    "fr": "Les ouvriers ont fait grève pendant trois jours et le syndicat a demandé une hausse. Le New York Times, the paper, en parle.",
    "nl": "De arbeiders van de fabriek staakten drie dagen en de vakbond eiste hogere lonen. Het was in Amsterdam.",
    "da": "Arbejderne på fabrikken strejkede i tre dage for at få mere i løn, og det var godt for dem.",
    "pl": "Robotnicy fabryki strajkowali przez trzy dni, a związek zażądał wyższych płac dla wszystkich.",
    "bg": "Работниците от завода стачкуваха три дни и синдикатът поиска по-високи заплати. Това беше първата стачка в града, която приключи с договор.",
    "mk": "Работниците на фабриката штрајкуваа три дена и синдикатот бараше повисоки плати за сите.",
    "ky": "Кыргызстанда жумушчулар эмгек акыны көтөрүүнү талап кылышты, өкмөт жооп берген жок.",
    "sl": "Delavci v tovarni so tri dni stavkali in zahtevali, da podjetje plača zaostale plače.",
    "sr": "Радници фабрике штрајковали су три дана, а синдикат је тражио веће плате за све људе.",
    "fa": "کارگران کارخانه سه روز اعتصاب کردند و اتحادیه خواهان افزایش دستمزد شد",
}


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in WRITTEN.items() for text in texts]
)
def test_languages_that_letters_tell(language, text):
    """A sentence of each language that has rules is given that language."""
    assert script_language(text) == language


@pytest.mark.parametrize("text", NOT_TOLD.values(), ids=NOT_TOLD)
def test_no_language_is_guessed(text):
    """A language without rules is "und", never English, Russian or Arabic by its letters alone."""
    assert script_language(text) == "und"


@pytest.mark.parametrize("text", ["", "214 — !", "Velmora Lampworkers", "🛫"])
def test_no_evidence_is_no_language(text):
    """Numbers, signs and names without a function word say nothing."""
    assert script_language(text) == "und"


def test_corpus(shared):
    """Single sentences of the parallel corpus get their language nineteen times in twenty, never another."""
    for language in ("en", "zh", "ru"):
        lines = (
            (shared / "corpora" / f"ud_pud_{language}.jsonl")
            .read_text(encoding="utf-8")
            .splitlines()
        )
        found = [script_language(json.loads(line)["text"]) for line in lines]
        assert set(found) <= {language, "und"}
        assert found.count(language) > 0.95 * len(found)


def dev_texts(shared):
    """Every development text of the shared corpora with its true language."""
    for folder in ("pages", "wikinews_negatives"):
        path = shared / "corpora" / folder / "pages.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["id"], row["language"], row["text"]


def test_texts_of_sixty_letters_and_more_are_known(shared):
    """Every development text in English, Chinese or Russian is, and no other is one of them."""
    searched = {"en", "zh", "ru"}
    for id_, language, text in dev_texts(shared):
        found = script_language(text)
        assert found == language if language in searched else found not in searched, id_


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_a_text_in_another_language_is_not_searched(shared, tmp_path, ending):
    """Listed without a language, texts in nine other languages get no verdict but `not_searched`."""
    rows = [
        (id_, text)
        for id_, language, text in dev_texts(shared)
        if language not in ("en", "zh", "ru")
    ]
    listing = tmp_path / f"texts.{ending}"
    with listing.open("w", encoding="utf-8", newline="") as file:
        if ending == "csv":
            csv.writer(file).writerows([("id", "text"), *rows])
        else:
            file.writelines(json.dumps({"id": a, "text": b}) + "\n" for a, b in rows)
    output = tmp_path / "verdicts.csv"
    CliRunner().invoke(cli, ["classify", str(listing), "--output", str(output)])
    with output.open(encoding="utf-8-sig", newline="") as file:
        verdicts = list(csv.DictReader(file))
    assert len({one["source_id"] for one in verdicts}) == len(rows) >= 9
    assert {one["verdict"] for one in verdicts} == {"not_searched"}
