"""The data of the shipped study: digests against their originals, tables against each other."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from pybtex.database import BibliographyData, parse_file

from tertium.comparison.passages import short_citation
from tertium.comparison.timeline import date_range
from tertium.sources.manifest import is_edtf
from tertium.study import open_study

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SOURCES = DATA / "sources"

# Digests and the originals that they digest.
ORIGINAL_OF = {
    "amrc-solidarity": "001_588463feffcb1f70",
    "clia-cada-union-drive": "000_b210fb5a1ac2a2fc",
    "clw-outreach": "002_3edb3089177ceccf",
    "ftuk-acftu-meeting": "003_0849b91c722c7614",
    "karamay-new-forms": "004_84b2ca060f389b5e",
}
DIGESTS = sorted(ORIGINAL_OF)

# The lines of an original that are the publication, where menus and footers stand around it.
CONTENT = {"001_588463feffcb1f70": (59, 198)}

COLUMNS = {
    "sources/manifest.csv": (
        "id,title,author,publisher,voice,claimant,interest,distance,date,retrieved,country,language,url,"
        "citation_key,kind,digest_of,translation_of,copy_of,part_of,made_by,file,sha256,text_sha256,"
        "licence,confidential"
    ),
    "cases/cases.csv": "id,name,kind,country,region,sector,start,end",
    "cases/facts.csv": "case_id,attribute,value,unit,what,basis",
    "cases/sources.csv": "case_id,source_id,start,end",
    "actors.csv": "id,type,name_en,aliases_en,name_zh,aliases_zh,name_ru,aliases_ru",
}

VOICES = set(
    "union_official union_independent state_media government ngo company trade_press newspaper "
    "academic encyclopedia other mixed".split()
)
ACTOR_TYPES = set(
    "party_state_union trade_union ngo grassroots_workers employer business_association "
    "government international academic_or_media".split()
)
INTERESTS = set("party ally opponent observer mixed not_stated".split())
DISTANCES = set("participant eyewitness reported retrospective compiled not_stated".split())
# What a digest or a translation takes over from what it renders.
SAID_BY_BOTH = (
    "author publisher voice claimant interest distance date country citation_key url".split()
)
CASE_KINDS = {"episode", "programme", "law_making"}
ATTRIBUTES = set("actor approach claim tactic target outcome number limit".split())
APPROACHES = set(
    "state_led ngo_paralegal legislative_advocacy international_campaign strike".split()
)

TABLE = [
    "Para-legal approach (‘Fa-lu-weiquan’)",
    "Legislative advocacy",
    "International campaigns",
    "Collective actions and strikes of migrant workers",
]
DIMENSIONS = ["Content", "Agency", "Strategizing on", "Inadequacy"]

# What each original says, looked for in its digest.
FACTS = {
    "clia-cada-union-drive": [
        r"China Leather Industry Association \(CLIA\)",
        r"China Alcoholic Drinks Association \(CADA\)",
        r"Leatherbiz",
        r"grassroots trade unions",
        r"leather and wine workers",
        r"China National Light Industry Council.*bridge.*authority over both",
        r"“first” in Chinese light industry",
        r"early last year",
        r"autumn 2018 speech by President Xi Jinping",
        r"All-China Federation of Trade Unions",
        r"hundreds of millions of workers",
        r"Communist Party of China",
        r"over 40 industrial clusters nationwide began in February last year",
        r"over 100, 51–100, 25–50 workers",
        r"neither founded nor joined a trade union.*directory",
        r"public WeChat account",
        r"“special training”",
        r"Wuhou district \(Chengdu\), Xinji city and Baigou town \(Hebei\)",
        r"supervise and inspect",
        r"local business associations",
        r"“advanced demonstration sites”",
        r"targeted guidance and promotion",
        r"“deepening”.*“in-depth development”",
    ],
    "amrc-solidarity": [
        r"Suki Ming-lai Chung, 1 June 2010 \(issue 75",
        r"Hong Kong labour NGOs have vitally supported",
        r"Hong Kong and Taiwan",
        r"banner in Basel, Switzerland, 2007",
        r"over 2,000 watch and jewellery exhibitors from over 50 countries",
        r"Before 1997",
        r"consumer movements in Europe and North America",
        r"‘weiquan’ \(rights-defending\)",
        r"‘mingong’",
        r"household registration",
        r"lethal hazards.*medical and pension",
        r"Open Door Policy \(1979\)",
        r"200 million rural migrants",
        r"Labour Contract Law and Employment Promotion Law, 2007",
        r"Labour Dispute Arbitration Law, 2008",
        r"Social Insurance Law, draft",
        r"capital flight",
        r"‘governance gap’",
        r"ACFTU .*dilemma between losing representation.*fast capitalist course",
        r"Without a powerful, independent trade union",
        r"haphazard",
        r"wildcat actions",
        r"press conference, June 2005",
        r"Since 2004 Labour Action China \(LAC\)",
        r"over 80 silicosis workers",
        r"1–10 years",
        r"organising, campaigning, advocacy",
        r"finding lawyers for victims' litigation",
        r"local government inaction",
        r"media coverage and petitions to authorities",
        r"Swiss civil society, trade unions and politicians",
        r"world's largest jewellery fair",
        r"lobbying the World Health Organization \(WHO\) and ILO",
        r"Since 2005 delegations of Chinese \(2006: also Indian\)",
        r"evade mainland court rulings",
        r"sanctioned a Hong Kong company for the first time, Lucky Gems",
        r"five victims handle their own and others' cases",
        r"activists and paralegals",
        r"platform canvasses opinion",
        r"China\) joins pressure.*Hong Kong\).*Switzerland\)",
        r"ACFTU unionising is not independent",
        r"inadequate state and union intervention",
        r"LAC's experience NGOs' one-off redress reinforces, not challenges, state-dominated",
        r"individualised labour relations",
        r"main limit of the NGO approaches: .*lack strategic convergence",
        r"labour movement has three segregated tiers",
        r"mobilises national resources and employers to regulate labour relations",
        r"community worker centres, dormitory groups, victims' groups",
        r"‘bloody gems’, 2006",
        r"associational and bargaining rights",
        r"important concessions from government",
        r"international NGOs and overseas trade unions",
        r"back wages, overtime, dismissal, work injury, occupational disease",
        r"protectionism and influence on courts",
        r"Work Injury Insurance Ordinance and draft Social Insurance Ordinance",
        r"Guangdong's independent grassroots labour NGOs",
        r"Gemstone and GP \(not explained in the source\) campaigns",
        r"Olympics campaign",
        r"retrenchment, closures, back wages",
        r"NGOs abstain",
        r"Article 72 \(h\)",
        r"Article 3\.5",
        r"employment of minors",
        r"Karl Marx, Das Kapital",
    ],
    "clw-outreach": [
        r"China Labor Watch \(CLW\)",
        r"pamphlets on basic rights and local legal",
        r"thousands of workers",
        r"CLW has paused its training there for a time",
        r"experts in human rights and labour law",
        r"Hundreds of labour activists got free training from CLW",
        r"four worker legal centres",
        r"network of Chinese labour NGOs",
        r"wages, hours, training, health and safety, overtime, grievances",
        r"Article 23 of the Universal Declaration",
        r"ILO.*item 2\(a\)",
        r"freedom of association",
        r"seldom open to most Chinese workers",
        r"fair wages and acceptable conditions",
    ],
    "ftuk-acftu-meeting": [
        r"port workers in Kazakhstan",
        r"All-China Federation of Trade Unions \(ACFTU\)",
        r"Xinjiang Uygur Autonomous Region \(XUAR\)",
        r"protective equipment and basic necessities",
        r"Jiang Guangping, Deputy Chairman of the ACFTU",
        r"paid for training in China",
        r"The aid, Jiang said, .* 1,700 kilometres",
        r"unprecedented stress",
        r"active employment policy",
        r"democratic and political rights",
        r"Nurlan Uteshev, Deputy Chairman of the FTURK",
        r"In April 2017 they signed a memorandum",
        r"Chinese-language programme",
        r"under one flag",
        r"A video",
        r"Chen Zhongquan.*party secretary and Deputy Chairman",
        r"3,500 yuan a month",
        r"Labour Law and Law on Labour Contracts",
        r"seven local documents",
        r"collective consultation over salaries",
        r"In 2021 the Golden Hands Award went to 409",
        r"Another 3,300 employees were named “Best Newcomers”",
        r"Zhao Xiaohai",
        r"exceeds 1 billion yuan",
        r"eight sectors",
        r"Ma Jin",
        r"120,000 medical masks, 40,000 N95 masks, 3,000 thermoses and 3,000 backpacks",
        r"Almaty region",
        r"Asset Kydyrmanov",
        r"regional commission for social partnership",
        r"trilateral agreement covers 2021–2023",
        r"branch of the Legal Clinic",
        r"prevent labour disputes",
        r"media centre",
    ],
    "karamay-new-forms": [
        r"Hou Jingjing and Su Yuhan",
        r"23 May 2024",
        r"mid-May four events",
        r"188 in all, truck drivers among them",
        r"Li Sheng, employed at Jinmiao E-commerce, said on 21 May",
        r"“mother's family”",
        r"Civil Code, Labour Law, Trade Union Law",
        r"safe production and operation",
        r"“learning to realise dreams”",
        r"mutual medical aid",
        r"Wang Cailing",
        r"Yinhe Road",
        r"visit platform enterprises",
        r"skills training, legal advice and sports",
        r"Karamay Federation of Trade Unions",
        r"organisational forms and ways of operating",
        r"gain, happiness and security",
        r"Zhang Qi",
    ],
}

SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
SPELLED = {"four": 4, "five": 5, "seven": 7, "eight": 8}


def words(text: str) -> list[str]:
    """Return the words of a text, lower case, curly apostrophes made straight."""
    return [word.lower() for word in re.findall(r"[A-Za-z']+", text.replace("’", "'"))]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Return every run of so many words."""
    listed = words(text)
    return {tuple(listed[start : start + length]) for start in range(len(listed) - length + 1)}


def numbers(text: str) -> set[int | float]:
    """Return the numbers of a text, however they are written."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    found: set[int | float] = set()
    for number, scale in re.findall(r"(\d+(?:\.\d+)?)(?: (thousand|million|billion)\b)?", text):
        found.add((float(number) if "." in number else int(number)) * SCALES.get(scale, 1))
    return found | {SPELLED[word] for word in words(text) if word in SPELLED}


def read(path: str) -> list[dict[str, str]]:
    """Return the rows of a table of the study."""
    text = (DATA / path).read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def digest(name: str) -> tuple[dict, str]:
    """Return a digest's front matter and what follows it."""
    text = (SOURCES / "digests" / f"{name}.md").read_text(encoding="utf-8")
    opening, matter, body = text.split("---\n", 2)
    assert opening == ""
    return yaml.safe_load(matter), body


def original(folder: Path, name: str) -> str:
    """Return the publication's own text, without the menus and footers around it."""
    text = (folder / "sources" / f"{name}.txt").read_text(encoding="utf-8")
    first, last = CONTENT.get(name, (1, None))
    return "\n".join(text.split("\n")[first - 1 : last])


def script(name: str) -> ModuleType:
    """Return a script as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bibliography() -> BibliographyData:
    return parse_file(DATA / "references.bib", bib_format="bibtex", encoding="utf-8")


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    return script("refresh_manifest")


class TestDigests:
    """What a digest keeps of its original, and what it may not take over."""

    def test_files_are_those_of_the_manifest(self):
        """There is a file for each digest of the manifest, each original's among them, no other."""
        files = {f"digests/{path.name}" for path in (SOURCES / "digests").iterdir()}
        rows = [row for row in read("sources/manifest.csv") if row["kind"] == "digest"]
        assert files == {row["file"] for row in rows}
        assert {f"digests/{name}.md" for name in DIGESTS} <= files

    @pytest.mark.parametrize("name", DIGESTS)
    def test_no_nine_words_are_copied(self, shared, name):
        """No run of nine words stands in the original."""
        text = (shared / "sources" / f"{ORIGINAL_OF[name]}.txt").read_text(encoding="utf-8")
        _, body = digest(name)
        assert {" ".join(run) for run in runs(body, 9) & runs(text, 9)} == set()

    @pytest.mark.parametrize("name", DIGESTS)
    def test_length(self, shared, name):
        """A digest is at most two thirds as long as what it digests."""
        _, body = digest(name)
        assert 3 * len(body) <= 2 * len(original(shared, ORIGINAL_OF[name]))

    @pytest.mark.parametrize("name", DIGESTS)
    def test_numbers_are_kept(self, shared, name):
        """Every number of the original stands in its digest."""
        text = original(shared, ORIGINAL_OF[name])
        # The date of 001 is given as day, month and year in the digest.
        text = text.replace("2010-06-01", "1 June 2010")
        _, body = digest(name)
        assert numbers(text) - numbers(body) == set()

    @pytest.mark.parametrize(
        ("name", "fact"), [(name, fact) for name in DIGESTS for fact in FACTS[name]]
    )
    def test_facts_are_kept(self, name, fact):
        """What the original says is found in its digest."""
        _, body = digest(name)
        assert re.search(fact, body)

    @pytest.mark.parametrize("name", DIGESTS)
    def test_publication_is_stated(self, name, bibliography):
        """A digest says which publication it digests, in front matter and text, and how it came to be."""
        matter, body = digest(name)
        assert sorted(matter) == ["cites", "digest_of", "language", "made_by", "model", "title"]
        assert matter["digest_of"] == ORIGINAL_OF[name]
        assert matter["language"] == "en"
        assert matter["made_by"]
        assert matter["model"]
        (key,) = matter["cites"]
        assert key in bibliography.entries
        assert body.startswith(f"\n# {matter['title']}\n\n*Digest of* [@{key}].\n")

    @pytest.mark.parametrize("name", DIGESTS)
    def test_text_is_plain(self, name):
        """Digests are NFC, end in one line feed and hold no tab, no trailing space, no CR."""
        text = (SOURCES / "digests" / f"{name}.md").read_bytes().decode("utf-8")
        assert text == unicodedata.normalize("NFC", text)
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert not re.search(r"[\t\r\ufeff\u00a0]| $", text, re.MULTILINE)

    @pytest.mark.parametrize("approach", TABLE)
    @pytest.mark.parametrize("dimension", DIMENSIONS)
    def test_table_cells(self, approach, dimension):
        """Each cell of the article's table of approaches is a section with a body."""
        _, body = digest("amrc-solidarity")
        (section,) = re.findall(
            rf"^## {re.escape(approach)}\n(.*?)(?=^## )", body, re.MULTILINE | re.DOTALL
        )
        (cell,) = re.findall(
            rf"^### {dimension}\n(.*?)(?=^### |\Z)", section, re.MULTILINE | re.DOTALL
        )
        assert len(words(cell)) >= 4

    def test_table_has_no_other_cells(self):
        """The four approaches are followed by the endnotes and have no further sections."""
        _, body = digest("amrc-solidarity")
        table = body[body.index(f"## {TABLE[0]}") :]
        assert re.findall(r"^## (.*)$", table, re.MULTILINE) == [*TABLE, "Endnotes"]
        assert re.findall(r"^### (.*)$", table, re.MULTILINE) == DIMENSIONS * 4

    def test_captions_and_endnotes(self):
        """The three captions and the three endnotes of the article are kept."""
        _, body = digest("amrc-solidarity")
        assert len(re.findall(r"^\*Photo:\* ", body, re.MULTILINE)) == 3
        endnotes = body[body.index("## Endnotes") :]
        assert re.findall(r"^(\d)\. ", endnotes, re.MULTILINE) == ["1", "2", "3"]


class TestManifest:
    """The list of sources."""

    def test_checksums_are_current(self, refresh):
        """The checksums of the digests are those of the files."""
        assert refresh.main(["--check"]) == 0

    def test_checksums_of_originals(self, refresh, shared):
        """The checksums of the originals are those of the files in ../shared."""
        assert refresh.main(["--check", "--originals", str(shared / "sources")]) == 0

    def test_stale_manifest_is_seen_and_mended(self, refresh, tmp_path, capsys):
        """A changed digest makes --check end with 1 and is counted anew without it."""
        target = tmp_path / "manifest.csv"
        target.write_bytes((SOURCES / "manifest.csv").read_bytes())
        (tmp_path / "digests").mkdir()
        for file in (SOURCES / "digests").iterdir():
            (tmp_path / "digests" / file.name).write_bytes(file.read_bytes() + b"More.\r\n")
        assert refresh.main(["--check", "--manifest", str(target)]) == 1
        assert "stale" in capsys.readouterr().err
        assert refresh.main(["--manifest", str(target)]) == 0
        assert refresh.main(["--check", "--manifest", str(target)]) == 0

    def test_missing_file_is_named(self, refresh, tmp_path, capsys):
        """A digest that isn't there is named, and nothing is written."""
        target = tmp_path / "manifest.csv"
        target.write_bytes((SOURCES / "manifest.csv").read_bytes())
        assert refresh.main(["--manifest", str(target)]) == 2
        assert "clw-outreach.md is missing" in capsys.readouterr().err
        assert target.read_bytes() == (SOURCES / "manifest.csv").read_bytes()

    def test_canonical_text(self, refresh):
        """A BOM, other line ends and decomposed letters change the bytes, not the text."""
        assert refresh.canonical_text("\ufeffe\u0301\r\na\rb".encode()) == "é\na\nb"

    def test_pairs(self):
        """There are five originals, each with the one digest that names it."""
        rows = read("sources/manifest.csv")
        assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
        assert {row["id"]: row["digest_of"] for row in rows if row["digest_of"]} == ORIGINAL_OF
        assert sorted(row["id"] for row in rows if row["kind"] == "original") == sorted(
            ORIGINAL_OF.values()
        )

    def test_rows_agree(self, bibliography):
        """A row's closed choices, file and citations are right; a rendering speaks as what it renders."""
        rows = {row["id"]: row for row in read("sources/manifest.csv")}
        for name, row in rows.items():
            keys = row["citation_key"].split("|")
            assert row["voice"] in VOICES
            assert row["interest"] in INTERESTS
            assert row["distance"] in DISTANCES
            assert set(keys) <= set(bibliography.entries)
            assert row["language"] in ("en", "zh", "ru")
            assert row["confidential"] == "false"
            assert not row["date"] or is_edtf(row["date"])
            assert re.fullmatch(r"[0-9a-f]{64}", row["sha256"])
            assert re.fullmatch(r"[0-9a-f]{64}", row["text_sha256"])
            if row["kind"] == "digest":
                stem = re.sub(r"-(zh|ru)$", r".\1", name) if row["translation_of"] else name
                matter, _ = digest(stem)
                assert row["file"] == f"digests/{stem}.md"
                assert row["licence"] == "CC-BY-4.0"
                assert row["made_by"] == matter["made_by"]
                assert row["title"] == matter["title"]
                assert row["language"] == matter["language"]
                assert keys == matter["cites"]
                rendered = row["digest_of"] or row["translation_of"]
                for column in SAID_BY_BOTH if rendered else ():
                    assert row[column] == rows[rendered][column], (name, column)
            else:
                assert row["file"] == f"originals/{name}.txt"
                assert row["licence"] == "all rights reserved"
                assert not (SOURCES / row["file"]).is_symlink()


LANGUAGES = set("english chinese russian german indonesian italian japanese swedish".split())


class TestBibliography:
    """The citations."""

    def test_language_stands_on_every_entry(self, bibliography):
        """Each entry has a langid and a title, and a year or a note that says there is none."""
        assert bibliography.entries
        for key, entry in bibliography.entries.items():
            assert entry.fields.get("langid") in LANGUAGES, key
            assert entry.fields.get("title"), key
            # Two pages don't say who published them.
            assert entry.persons.get("author") or "not stated" in entry.fields["type"], key
            assert "year" in entry.fields or entry.fields.get("note") == "n.d.", key

    def test_titles_are_as_published(self, bibliography):
        """The title of a publication is spelt as in the manifest, and no style changes its capitals."""
        for row in read("sources/manifest.csv"):
            if row["kind"] == "original":
                title = bibliography.entries[row["citation_key"]].fields["title"]
                assert title == f"{{{row['title']}}}"

    def test_methods_are_there(self, bibliography):
        """The works on method that reports cite can be cited."""
        assert {
            "krippendorff2004content",
            "miles1994qualitative",
            "ritchie1994qualitative",
        } <= set(bibliography.entries)


class TestTranslations:
    """Digests in other languages."""

    def test_there_are_enough(self):
        """At least 12 stand in Chinese and 8 in Russian, each of an English digest."""
        rows = {row["id"]: row for row in read("sources/manifest.csv")}
        translated = [row for row in rows.values() if row["translation_of"]]
        assert sum(row["language"] == "zh" for row in translated) >= 12
        assert sum(row["language"] == "ru" for row in translated) >= 8
        assert {rows[row["translation_of"]]["language"] for row in translated} == {"en"}
        assert {rows[row["translation_of"]]["kind"] for row in translated} == {"digest"}

    def test_none_is_counted(self):
        """A count takes the English digest and leaves its translations and parts out."""
        tables = open_study(DATA / "studies" / "labour-organising.yml").tables
        counted = tables.counted_sources()
        assert set(counted["language"]) == {"en"}
        assert len(counted) == 57
        assert len(tables.sources) == len(counted) + 37 + 39


class TestParts:
    """Digests of one publication each, of those that a compiled digest rests on."""

    def test_a_part_belongs_to_a_compiled_digest(self):
        """It cites one of the publications, in English, and speaks in a voice of its own."""
        rows = {row["id"]: row for row in read("sources/manifest.csv")}
        for row in filter(lambda row: row["part_of"], rows.values()):
            compiled = rows[row["part_of"]]
            assert row["id"].startswith(f"{compiled['id']}--")
            assert compiled["voice"] == "mixed" != row["voice"]
            assert row["citation_key"] in compiled["citation_key"].split("|")
            assert row["interest"] == compiled["interest"] or compiled["interest"] == "mixed"
            assert row["language"] == "en"

    def test_each_publication_has_one_part(self):
        """All that compiled digests cite is told apart, once, but what is a source already."""
        rows = read("sources/manifest.csv")
        cited = {
            key for row in rows if row["voice"] == "mixed" for key in row["citation_key"].split("|")
        }
        told = [row["citation_key"] for row in rows if row["part_of"]]
        assert sorted(told) == sorted(cited - {"chung2010solidarity"})

    def test_length(self):
        """A part has 40 to 110 words."""
        for row in read("sources/manifest.csv"):
            if row["part_of"]:
                _, body = digest(row["id"])
                assert 40 <= len(body.split("].\n\n", 1)[1].split()) <= 110, row["id"]

    def test_spans_are_sentences(self):
        """What a part tells of a case, where it tells two, is whole sentences."""
        parts = {row["id"] for row in read("sources/manifest.csv") if row["part_of"]}
        marked = [
            row for row in read("cases/sources.csv") if row["source_id"] in parts and row["start"]
        ]
        assert len(marked) == 5
        for row in marked:
            path = SOURCES / "digests" / f"{row['source_id']}.md"
            text = path.read_text(encoding="utf-8")
            start, end = int(row["start"]), int(row["end"])
            assert text[:start].endswith(("].\n\n", ". ")), row
            assert text[:end].endswith("."), row

    def test_no_nine_words_are_copied(self, shared):
        """No run of nine words stands in the rendering that a part was made from."""
        content = (shared / "corpora" / "pages" / "pages.jsonl").read_text(encoding="utf-8")
        pages = {page["url"]: page["text"] for page in map(json.loads, content.splitlines())}
        for row in read("sources/manifest.csv"):
            if row["part_of"]:
                _, body = digest(row["id"])
                assert runs(body, 9) & runs(pages[row["url"]], 9) == set(), row["id"]


class TestTables:
    """Cases, facts and actors."""

    @pytest.mark.parametrize("path", sorted(COLUMNS))
    def test_columns_and_form(self, path):
        """A table has its columns, is UTF-8 with line feeds, and is what a CSV writer would write."""
        content = (DATA / path).read_bytes()
        text = content.decode("utf-8")
        assert not text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert ",".join(rows[0]) == COLUMNS[path]
        assert {len(row) for row in rows} == {len(rows[0])}
        assert all(cell == cell.strip() for row in rows for cell in row)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        assert out.getvalue() == text

    def test_cases(self):
        """Cases have an id of their own, a kind from the closed list, and EDTF dates, or go on."""
        rows = read("cases/cases.csv")
        ids = [row["id"] for row in rows]
        assert ids == sorted(set(ids))
        assert len(ids) == 57
        for row in rows:
            assert row["kind"] in CASE_KINDS
            for column in ("start", "end"):
                allowed = r"(\d{4}(-\d{2}(-\d{2})?)?)?" + (r"|\.\." if column == "end" else "")
                assert re.fullmatch(allowed, row[column]), row["id"]
            if row["start"] and row["end"]:
                assert is_edtf(f"{row['start']}/{row['end']}"), row["id"]
                assert date_range(f"{row['start']}/{row['end']}").first, row["id"]

    def test_dates_of_cases_have_a_basis(self):
        """A case with a start has a fact that says what it rests on; one that goes on says so."""
        facts = read("cases/facts.csv")
        for case in read("cases/cases.csv"):
            said = {
                row["value"]: row
                for row in facts
                if row["case_id"] == case["id"] and row["what"].startswith("start ")
            }
            if case["start"]:
                assert list(said) == [case["start"][:4]], case["id"]
            if case["end"] == "..":
                assert case["kind"] == "programme", case["id"]
                assert "no end" in said[case["start"][:4]]["what"], case["id"]

    def test_facts(self, bibliography):
        """Each fact belongs to a case, has an attribute from the closed list, and a basis that can be cited."""
        cases = {row["id"] for row in read("cases/cases.csv")}
        rows = read("cases/facts.csv")
        assert {row["case_id"] for row in rows} == cases
        for row in rows:
            assert row["attribute"] in ATTRIBUTES
            assert row["value"]
            if row["attribute"] == "approach":
                assert row["value"] in APPROACHES
            if row["attribute"] == "number":
                assert row["unit"]
                assert row["what"]
            keys, place = row["basis"].split(", ", 1)
            assert set(keys.split("|")) <= set(bibliography.entries)
            assert place
        assert len({tuple(row.values()) for row in rows}) == len(rows)

    def test_each_case_is_told(self):
        """Each case has an approach, an actor, a tactic, a target, and an outcome or `not_stated`."""
        rows = read("cases/facts.csv")
        for case in {row["id"] for row in read("cases/cases.csv")}:
            known = {row["attribute"] for row in rows if row["case_id"] == case}
            assert {"actor", "approach", "tactic", "target", "outcome"} <= known, case
            outcomes = [
                row["value"]
                for row in rows
                if row["case_id"] == case and row["attribute"] == "outcome"
            ]
            assert "not_stated" not in outcomes or outcomes == ["not_stated"], case

    def test_case_sources(self):
        """Each case names what tells it, an original with its digest, a digest with its translations."""
        cases = {row["id"] for row in read("cases/cases.csv")}
        listed = {row["id"]: row for row in read("sources/manifest.csv")}
        rows = read("cases/sources.csv")
        assert {row["case_id"] for row in rows} == cases
        assert {row["source_id"] for row in rows} == set(listed)
        for case in cases:
            told = {row["source_id"] for row in rows if row["case_id"] == case}
            for name, row in listed.items():
                rendered = row["digest_of"] or row["translation_of"]
                if rendered:
                    assert (name in told) == (rendered in told), (case, name)

    def test_span_of_the_digest(self):
        """The span of the ban on Lucky Gems is the digest's paragraph on it."""
        (row,) = (
            row
            for row in read("cases/sources.csv")
            if row["source_id"] == "amrc-solidarity" and row["start"]
        )
        text = (SOURCES / "digests" / "amrc-solidarity.md").read_text(encoding="utf-8")
        passage = text[int(row["start"]) : int(row["end"])]
        assert passage.startswith("4. Public actions")
        assert passage.endswith("national laws.")
        assert "Lucky Gems" in passage

    def test_span_of_the_original(self, shared, refresh):
        """The span of the ban on Lucky Gems is the original's paragraph on it."""
        (row,) = (
            row
            for row in read("cases/sources.csv")
            if row["source_id"].startswith("001") and row["start"]
        )
        content = (shared / "sources" / f"{row['source_id']}.txt").read_bytes()
        passage = refresh.canonical_text(content)[int(row["start"]) : int(row["end"])]
        assert passage.startswith("4.")
        assert "Lucky Gems" in passage
        assert "\n" not in passage

    def test_actors(self):
        """Actors have an id of their own, a type from the closed list, and names that belong to one actor."""
        rows = read("actors.csv")
        ids = [row["id"] for row in rows]
        assert ids == sorted(set(ids))
        owner: dict[str, str] = {}
        for row in rows:
            assert row["type"] in ACTOR_TYPES
            assert row["name_en"]
            for language in ("en", "zh", "ru"):
                aliases = [name for name in row[f"aliases_{language}"].split("|") if name]
                assert not aliases or row[f"name_{language}"], row["id"]
                for name in filter(None, [row[f"name_{language}"], *aliases]):
                    assert name == name.strip() == unicodedata.normalize("NFC", name)
                    assert len(name) > 1
                    assert owner.setdefault(f"{language}:{name.casefold()}", row["id"]) == row["id"]

    def test_names_are_no_ordinary_words(self):
        """No alias is an English word that would be found everywhere."""
        common = {"who", "unions", "union", "workers", "government", "employers", "ngos", "ngo"}
        names = {
            name.casefold()
            for row in read("actors.csv")
            for name in [row["name_en"], *row["aliases_en"].split("|")]
        }
        assert names & common == set()

    def test_case_actors_are_listed(self):
        """The organisations that the cases name can be found in the list of actors."""
        names = {
            name.casefold()
            for row in read("actors.csv")
            for name in [row["name_en"], *row["aliases_en"].split("|")]
        }
        named = {
            row["value"].casefold()
            for row in read("cases/facts.csv")
            if row["attribute"] == "actor"
        }
        assert named - names == set()

    @pytest.mark.parametrize("name", DIGESTS)
    def test_actors_are_found_in_digests(self, name):
        """At least two listed actors are named in each digest."""
        _, body = digest(name)
        found = {
            row["id"]
            for row in read("actors.csv")
            for alias in [row["name_en"], *row["aliases_en"].split("|")]
            if alias and re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", body)
        }
        assert len(found) >= 2


def test_selection_says_its_limits():
    """The page on selection tells how sources were found, what was left out, and what this limits."""
    text = (SOURCES / "selection.md").read_text(encoding="utf-8")
    for heading in ("## Sources", "## What was left out", "## Cases", "## Limits"):
        assert heading in text
    for row in read("sources/manifest.csv"):
        if row["digest_of"]:
            assert short_citation(row) in " ".join(text.split())
    assert "[@wong2010jeweller]" in text
    assert "Li Sheng" in text
    assert "not that the coder is right" in text


def test_selection_counts_what_is_there(bibliography):
    """Each number on the page on selection is that of the tables."""
    text = " ".join((SOURCES / "selection.md").read_text(encoding="utf-8").split())
    digests = [row for row in read("sources/manifest.csv") if row["kind"] == "digest"]
    parts = [row for row in digests if row["part_of"]]
    counted = [row for row in digests if not row["translation_of"] and not row["part_of"]]
    made = [row for row in counted if not row["digest_of"]]
    keys = {key for row in made for key in row["citation_key"].split("|")}
    tongues = Counter(bibliography.entries[key].fields["langid"] for key in keys)
    other = len(keys) - tongues["english"] - tongues["chinese"] - tongues["russian"]
    undated = sum("year" not in bibliography.entries[key].fields for key in keys)
    written = Counter(row["language"] for row in digests if row["translation_of"])
    several = sum("|" in row["citation_key"] for row in counted)
    cases, facts = read("cases/cases.csv"), read("cases/facts.csv")
    kinds = Counter(row["kind"] for row in cases)
    places = Counter(row["country"] for row in cases)
    elsewhere = len(cases) - places["China"] - places["Kazakhstan"] - places["Hong Kong"]
    limited = {row["case_id"] for row in facts if row["attribute"] == "limit"}
    approaches = Counter(row["value"] for row in facts if row["attribute"] == "approach")
    state_led = {row["case_id"] for row in facts if row["value"] == "state_led"}
    for said in (
        f"The study counts {len(counted)} sources",
        f"The other {len(made)} were made from fact sheets, one a case, and cite the {len(keys)} pub",
        f"{tongues['english']} are in English, {tongues['chinese']} in Chinese, "
        f"{tongues['russian']} in Russian, {other} in other languages; {undated} have no date",
        f"{written['zh']} also stand in Chinese and {written['ru']} in Russian. These "
        f"{written.total()} translations",
        f"`mixed` for the {several} that rest on several",
        f"The {several} digests that rest on several publications have parts: {len(parts)} digests",
        f"Of the {len(counted)} sources {sum(not row['date'] for row in counted)} are undated",
        f"There are {len(cases)}: {kinds['episode']} episodes, {kinds['programme']} programmes, "
        f"{kinds['law_making']} laws",
        f"are in China, {places['Kazakhstan']} in Kazakhstan, {places['Hong Kong']} in Hong Kong, "
        f"{elsewhere} elsewhere",
        f"{sum(not row['start'] and not row['end'] for row in cases)} cases have no date, "
        f"{sum(row['value'] == 'not_stated' for row in facts)} no outcome (`not_stated`), "
        f"{len(cases) - len(limited)} no limit",
        f"Strikes stand in {approaches['strike']} cases; state-led organising stands in "
        f"{approaches['state_led']}, all in China and Kazakhstan",
    ):
        assert said in text, said
    assert places["China"] == 20
    assert {row["country"] for row in cases if row["id"] in state_led} == {"China", "Kazakhstan"}


def test_facts_are_those_of_the_sheets(shared):
    """Figures, approaches and dates of the cases are those of the fact sheets, none added."""
    sheets = yaml.safe_load((shared / "facts" / "cases.yaml").read_text(encoding="utf-8"))["cases"]
    cases = {row["id"]: row for row in read("cases/cases.csv")}
    facts = read("cases/facts.csv")
    told = {row["case_id"] for row in read("cases/sources.csv") if row["source_id"] in ORIGINAL_OF}
    assert set(cases) == {sheet["id"] for sheet in sheets}
    for sheet in sheets:
        own = [row for row in facts if row["case_id"] == sheet["id"]]
        for approach in sheet["approach_labels"]:
            assert any(row["value"] == approach for row in own), sheet["id"]
        figures = {
            (row["value"], row["unit"])
            for row in own
            if row["attribute"] == "number" and not row["what"].startswith(("start ", "end "))
        }
        wanted = {(str(each["value"]), each["unit"]) for each in sheet["numbers"]}
        assert wanted <= figures, sheet["id"]
        if sheet["id"] in told:  # what is known of these comes from the full texts
            continue
        assert wanted == figures, sheet["id"]
        case = cases[sheet["id"]]
        assert case["start"] == (sheet["start_date"] or ""), sheet["id"]
        assert case["end"] == (sheet["end_date"] or ""), sheet["id"]
        for attribute, listed in (
            ("tactic", sheet["tactics"]),
            ("claim", sheet["claims"]),
            ("target", sheet["targets"]),
            ("limit", sheet["limits_reported"]),
            ("approach", sheet["approach_labels"]),
        ):
            stated = [row for row in own if row["attribute"] == attribute]
            assert len(stated) == len(listed), (sheet["id"], attribute)


def test_publications_are_those_of_the_sheets(shared, bibliography):
    """Each digest cites the publications of its sheet in their order; no year is invented."""
    sheets = yaml.safe_load((shared / "facts" / "cases.yaml").read_text(encoding="utf-8"))["cases"]
    rows = {row["id"]: row for row in read("sources/manifest.csv")}
    for sheet in sheets:
        if sheet["id"] not in rows:
            continue
        keys = rows[sheet["id"]]["citation_key"].split("|")
        for key, source in zip(keys, sheet["sources"], strict=True):
            fields = bibliography.entries[key].fields
            assert fields["url"] == source["url"], key
            assert fields.get("year") == (source["date"] and source["date"][:4]), key
        assert (rows[sheet["id"]]["voice"] == "mixed") == (len(keys) > 1), sheet["id"]
