import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.tags import (
    Classifier,
    ClassifierId,
    Tag,
    TagScores,
    possible_keywords,
    retagged,
    tag_of,
    tags_of,
)

PLACE = Classifier(ClassifierId("place@1"), "place", "Place", ("indoor", "outdoor"), 64)
SIZE = Classifier(ClassifierId("size@1"), "size", "Shot size", ("close", "wide"), 64, least=0.8)


def test_the_likeliest_label_is_the_tag_where_it_is_likely_enough():
    assert tag_of(PLACE, {"indoor": 0.4, "outdoor": 0.6}).label == "outdoor"
    assert tag_of(SIZE, {"close": 0.7, "wide": 0.3}) is None
    assert tag_of(SIZE, {"close": 0.8, "wide": 0.2}).label == "close"
    assert tag_of(PLACE, {}) is None  # it could not be judged
    assert tag_of(PLACE, {"elsewhere": 1.0}) is None


def test_tags_are_those_of_the_installed_in_their_order():
    found = {
        SIZE.id: {"close": 0.9, "wide": 0.1},
        PLACE.id: {"indoor": 1.0, "outdoor": 0.0},
        ClassifierId("gone@1"): {"x": 1.0},
    }
    assert [tag.keyword for tag in tags_of((PLACE, SIZE), found)] == [
        "Place: indoor",
        "Shot size: close",
    ]


def test_one_classifier_s_news_leaves_the_others_tags():
    before = tags_of(
        (PLACE, SIZE), {PLACE.id: {"indoor": 1.0}, SIZE.id: {"close": 0.9, "wide": 0.1}}
    )
    now = retagged(before, (SIZE, PLACE), {PLACE.id: {"indoor": 0.2, "outdoor": 0.8}})
    assert [tag.label for tag in now] == ["close", "outdoor"]
    unsure = retagged(before, (PLACE, SIZE), {SIZE.id: {"close": 0.5, "wide": 0.5}})
    assert [tag.label for tag in unsure] == ["indoor"]
    assert retagged(before, (SIZE,), {}) == before[1:]  # the other one was taken out


def test_a_keyword_holds_no_comma_and_all_that_it_could_have_been_is_known():
    tag = Tag("place", "Place, roughly", "in, or under", 1.0, ("in, or under", "out"))
    assert "," not in tag.keyword
    assert possible_keywords([tag]) == {tag.keyword, "Place  roughly: out"}


@given(st.dictionaries(st.sampled_from(["indoor", "outdoor"]), st.floats(0, 1)))
def test_a_tag_is_one_of_the_labels_and_sure_enough(probabilities):
    tag = tag_of(PLACE, probabilities)
    if tag is not None:
        assert tag.label in PLACE.labels
        assert tag.probability == max(probabilities.values()) >= PLACE.least


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_not_stored(value):
    with pytest.raises(ValueError, match="0 to 1"):
        TagScores(ContentId("a"), PLACE.id, {"indoor": value})
