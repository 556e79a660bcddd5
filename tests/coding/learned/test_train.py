"""The learned coder: what it learns, what it refuses, and that its passages make its score."""

from __future__ import annotations

import json
import math

import pytest

from tertium.coding.classify import classify
from tertium.coding.coder import code
from tertium.coding.learned.coder import LearnedCoder
from tertium.coding.learned.features import see
from tertium.coding.learned.model import CALIBRATED_FROM, LearnedModel, parse_model
from tertium.coding.learned.read import read_model
from tertium.coding.learned.train import text_features, topic_folds, train
from tertium.errors import InputError, VersionError
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule
from tertium.sources.source import Source
from tertium.sources.units import find_units

pytest.importorskip("sklearn", reason="scikit-learn is not installed")


def scheme(version: str = "1.0.0") -> Scheme:
    """One code; "walkout" is always right in the texts below, "struck" is right half the time."""
    one = Code(
        id="strike",
        label="Strike",
        definition="D.",
        when_to_use="W.",
        when_not_to_use="N.",
        indicators={
            "en": (
                Indicator(pattern="walkout*", weight=0.65),
                Indicator(pattern="struck", weight=0.65, not_negated=True),
            )
        },
    )
    return Scheme(
        name="mini",
        version=version,
        title="T",
        description="D",
        languages=("en",),
        verdict=VerdictRule(text="R", present=0.6, undecided=0.3),
        codes=(one,),
    )


KINDS = (
    ("A walkout began.", True),
    ("It rained.", False),
    ("They struck.", True),
    ("They struck.", False),
)
TEXTS = [(Source(f"t{n:03}", KINDS[n % 4][0], language="en"), KINDS[n % 4][1]) for n in range(120)]


def fitted(pairs=TEXTS, *, penalty: float = 1.0) -> LearnedModel:
    """A model of `pairs`, each text its own topic."""
    sources = [source for source, _ in pairs]
    labels = [("strike",) if has else () for _, has in pairs]
    topics = [source.id for source in sources]
    return train(text_features(sources, scheme()), labels, topics, scheme(), penalty=penalty)


MODEL = fitted()


def score(text: str, model: LearnedModel = MODEL) -> tuple[str, float]:
    """Verdict and score of the one code."""
    source = Source("a", text, language="en")
    coded = code([source], [scheme()], coders=[LearnedCoder(model)])
    row = classify(coded, [source], scheme()).iloc[0]
    return row["verdict"], row["score"]


def test_what_is_right_half_the_time_gets_a_half():
    """Words that the rules weigh alike part: one is trusted, the other left for a person."""
    assert score("A walkout began.")[0] == "present"
    assert score("A walkout began.")[1] > 0.9
    verdict, probability = score("They struck.")
    assert verdict == "undecided"
    assert probability == pytest.approx(0.5, abs=0.1)


def test_a_text_without_passages_is_absent():
    """However likely, nothing is shown without a passage."""
    assert score("It rained.") == ("absent", 0.0)


def test_the_passages_make_the_score():
    """One minus what the passages leave open is the model's probability."""
    source = Source("a", "A walkout began. They struck. A walkout ended.", language="en")
    units = find_units(source, "sentence")
    codings, _ = LearnedCoder(MODEL).code(source, units, scheme())
    features = see(source, units, scheme())["strike"].features
    open_ = math.prod(1 - row["confidence"] for row in codings)
    assert len(codings) == 3
    assert 1 - open_ == pytest.approx(MODEL.codes["strike"].probability(features))


def test_what_a_negation_denies_is_seen():
    """A denied hit is no passage but a feature."""
    source = Source("a", "They never struck.", language="en")
    seen = see(source, find_units(source, "sentence"), scheme())["strike"]
    assert seen.passages == ()
    assert seen.features["denied"] == pytest.approx(math.log(2))


def test_the_order_of_texts_changes_nothing():
    """The same texts in another order give the same file."""
    assert fitted(TEXTS[::-1]).as_text() == MODEL.as_text()


def test_a_heavier_penalty_pulls_to_zero():
    """Coefficients shrink as the penalty grows."""
    size = [
        sum(abs(one) for one in fitted(penalty=penalty).codes["strike"].coefficients.values())
        for penalty in (0.1, 1.0, 10.0)
    ]
    assert size == sorted(size, reverse=True)


def test_a_code_of_one_topic_is_not_calibrated():
    """Where no topic left out has the label, nothing was fitted and nothing is claimed."""
    sources = [source for source, _ in TEXTS]
    labels = [("strike",) if has else () for _, has in TEXTS]
    topics = ["one" if has else source.id for source, has in TEXTS]
    model = train(text_features(sources, scheme()), labels, topics, scheme(), penalty=1.0)
    assert model.codes["strike"].n_gold >= CALIBRATED_FROM
    assert model.codes["strike"].n_left_out == 0
    assert model.calibrated == ()


@pytest.mark.parametrize(("n_texts", "is_calibrated"), [(58, False), (60, True)])
def test_few_gold_texts_are_not_calibrated(n_texts, is_calibrated):
    """Below thirty labelled texts a score is called no probability."""
    model = fitted(TEXTS[:n_texts])
    assert (model.codes["strike"].n_gold >= CALIBRATED_FROM) is is_calibrated
    assert (model.calibrated == ("strike",)) is is_calibrated


def test_a_code_that_all_texts_have_is_not_learned():
    """No model, and so no reading: the verdict is not_searched, never a guess."""
    model = fitted([(source, True) for source, _ in TEXTS[:20]])
    assert model.codes == {}
    assert score("A walkout began.", model)[0] == "not_searched"


def test_another_scheme_is_refused():
    """A model knows its scheme, down to the indicators."""
    source = Source("a", "A walkout began.", language="en")
    with pytest.raises(VersionError, match="train it again"):
        code([source], [scheme("1.0.1")], coders=[LearnedCoder(MODEL)])
    with pytest.raises(VersionError, match="train it again"):
        code([source], [read_scheme("approach")], coders=[LearnedCoder(MODEL)])


def test_a_code_that_the_scheme_does_not_have_is_refused():
    """A model file that was changed by hand is not believed."""
    strange = MODEL.model_copy(update={"codes": {"riot": MODEL.codes["strike"]}})
    with pytest.raises(VersionError, match="riot"):
        score("A walkout began.", strange)


def test_a_model_file_reads_back(tmp_path):
    """Written and read it is the same, version and all."""
    path = tmp_path / "model.json"
    path.write_text(MODEL.as_text(), encoding="utf-8")
    assert read_model(path) == MODEL
    assert read_model(path).version == MODEL.version


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"n_texts": "many"}, "n_texts"),
        ({"strange": 1}, "strange"),
        ({"format": 2}, "format"),
        ({"codes": {"strike": {"intercept": 0}}}, "codes.strike.coefficients"),
    ],
)
def test_a_broken_model_file_names_the_field(change, field):
    """Every wrong field is named."""
    content = {**json.loads(MODEL.as_text()), **change}
    with pytest.raises(InputError) as error:
        parse_model(json.dumps(content), file="model.json")
    assert field in {fault.field for fault in error.value.faults}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{", None])
def test_what_is_no_model_file_is_an_input_error(tmp_path, content):
    """No JSON, no UTF-8, no file: a fault with a remedy, no traceback."""
    path = tmp_path / "model.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match="tertium train"):
        read_model(path)


def test_a_topic_is_never_parted():
    """Each fold holds whole topics, and each text stands in one fold."""
    topics = [f"topic {n % 23}" for n in range(100)]
    folds = topic_folds(topics)
    assert sorted(row for fold in folds for row in fold) == list(range(100))
    for number, fold in enumerate(folds):
        elsewhere = {topics[row] for other in folds[:number] for row in other}
        assert not elsewhere & {topics[row] for row in fold}
