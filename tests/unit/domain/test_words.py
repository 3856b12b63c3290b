"""Every expected trouble has one clear sentence."""

from dataclasses import replace
from pathlib import Path

import pytest

from footage_sorter.domain import errors, training_words, why_words, words
from footage_sorter.domain.agreement import Agreement, Outcome
from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.rating import Reason, Segment
from footage_sorter.domain.record import Field, Statement
from footage_sorter.domain.team import Conflict
from footage_sorter.domain.training import LeftOut, Refusal, Skipped


def leaves(kind):
    below = kind.__subclasses__()
    return [kind] if not below else [leaf for one in below for leaf in leaves(one)]


PATH = Path("/clips/a.mp4")
EXAMPLES = [
    errors.PathMissing(PATH),
    errors.NothingFound((PATH, Path("/other"))),
    errors.FolderUnreadable(PATH, "Permission denied"),
    errors.LibraryTooNew(PATH, 9, 1),
    errors.LibraryDamaged(PATH, Path("/clips/kept"), "malformed"),
    errors.SettingsDamaged(PATH, Path("/clips/kept"), "malformed"),
    errors.NotALibrary(PATH),
    errors.LibraryBusy(PATH),
    errors.LibraryUnavailable(PATH, "Read-only file system"),
    errors.OutputFailed(PATH, "No space left on device"),
    errors.NothingKept(),
    errors.NothingLearned(),
    errors.ExchangeRefused(PATH, "it declares entities"),
    errors.DecoderUnavailable("Cannot allocate memory"),
    *(errors.NothingToTrain(refusal, "rooms") for refusal in Refusal),
    errors.TrainerMissing(),
    errors.TrainerStopped("Killed"),
    errors.ClassifierRefused("place", "it has no manifest.json"),
    errors.InferenceUnavailable("weights missing"),
    errors.JudgesLost("SIGKILL", hung=False),
    errors.WindowUnavailable("there is no display"),
    *(errors.ClipError(PATH, why, "detail") for why in errors.Why),
]


@pytest.mark.parametrize("trouble", EXAMPLES, ids=lambda t: type(t).__name__)
def test_trouble_is_one_sentence_without_leftover_braces(trouble):
    sentence = str(words.error(trouble))
    assert sentence
    assert sentence[0].isupper() or sentence.startswith(str(PATH))
    assert "{" not in sentence
    assert "\n" not in sentence


def test_every_trouble_has_a_sentence_of_its_own():
    ours = {kind for kind in leaves(errors.FootageError) if kind.__module__ == errors.__name__}
    assert (
        {type(one) for one in EXAMPLES}
        == ours
        == {
            errors.ClipError,
            errors.NothingToTrain,
            *words._SENTENCES,
        }
    )


def test_every_reason_for_a_clip_has_words():
    assert set(why_words.WHY_WORDS) == set(errors.Why)


def test_every_refusal_of_the_trainer_has_words():
    assert set(training_words.REFUSAL_WORDS) == set(Refusal)
    assert set(training_words.LEFT_OUT_WORDS) == set(LeftOut)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (Skipped("a", errors.Why.EMPTY), "The file is empty: it has zero bytes."),
        (Skipped("a", LeftOut.TOO_SHORT), "It is too short: it has fewer than 16 frames."),
        (Skipped("a", LeftOut.IN_SEVERAL, "a, b"), "It is in several classes: a, b."),
    ],
)
def test_a_clip_that_is_left_out_says_why(found, says):
    assert str(training_words.skipped(found)) == says


def conflict(field, holds, overruled):
    said = [Statement(value, 1, by) for value, by in ((holds, "Ada"), (overruled, "Ben"))]
    return str(words.conflict(Conflict(ContentId("0" * 32), "a.mp4", field, *said)))


def test_a_conflict_is_told_in_the_words_of_the_screen():
    assert conflict(Field.MARK, "keep", "none") == (
        "a.mp4: mark: kept (by Ada), not unmarked (by Ben)."
    )
    assert "in and out: 0:01.50 – 0:04.00 (by Ada), not nothing at all (by Ben)" in conflict(
        Field.RANGE, (1.5, 4.0), (None, None)
    )
    assert "in and out: from 0:01.00 (by Ada), not up to 0:04.00 (by Ben)" in conflict(
        Field.RANGE, (1.0, None), (None, 4.0)
    )
    assert "wrong: Too blurred, Too shaky (by Ada), not nothing at all (by" in conflict(
        Field.OVERRULED, ("blurry", "shaky"), ()
    )
    assert "stars: 3 (by Ada), not 0 (by Ben)" in conflict(Field.STARS, 3, 0)


def test_every_flag_has_words():
    assert set(words.FLAG_WORDS) == set(Flag)


@pytest.mark.parametrize("kind", [errors.LibraryDamaged, errors.SettingsDamaged])
def test_what_is_damaged_says_where_it_is_now_if_it_could_be_kept(kind):
    kept, lost = (words.error(kind(PATH, where, "torn")) for where in (Path("/clips/kept"), None))
    assert " kept as /clips/kept" in str(kept)
    assert "kept" not in str(lost)
    assert "kept as" in kept.text  # all of it can be translated


@pytest.mark.parametrize(
    ("clips", "said"), [(0, "no marks could be"), (1, " of one clip "), (312, " of 312 clips ")]
)
def test_a_damaged_library_says_of_how_many_clips_marks_were_taken_over(clips, said):
    assert said in str(words.error(errors.LibraryDamaged(PATH, Path("/kept"), "torn", clips)))


def test_a_full_disk_is_named():
    trouble = errors.LibraryUnavailable(PATH, "database or disk is full", disk_full=True)
    assert "disk is full" in str(words.error(trouble))


def test_a_missing_library_of_the_system_names_package_and_command():
    trouble = errors.WindowUnavailable("libxcb-cursor.so.0 is not there", "libxcb-cursor0")
    sentence = str(words.error(trouble))
    assert "install libxcb-cursor0" in sentence
    assert "footage-sorter rate" in sentence


def test_a_reason_reads_like_the_product_page():
    found = Reason(Flag.BLURRY, 0.71, 0.6, 0.5, 14.5, (Segment(0, 4), Segment(10, 18)))
    assert str(words.reason(found)) == (
        "Too blurred: 71 % of seconds over 0.60 (limit 50 %), at 0:00-0:04, 0:10-0:18; "
        "worst at 0:14."
    )


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0 %"), (0.0004, "0.0 %"), (0.004, "0.4 %"), (0.0149, "1 %")]
)
def test_a_small_share_is_not_rounded_away(share, said):
    assert f": {said} of" in str(words.reason(Reason(Flag.BLURRY, share, 0.6, 0.5, 1, ())))


def test_a_covered_lens_has_its_own_word():
    found = Reason(Flag.BLACK, 1.0, 0.98, 0.5, 1.5, (Segment(0, 4),))
    assert str(words.reason(found)).startswith("Black: 100 %")
    covered = str(words.reason(replace(found, covered=True)))
    assert covered == (
        "Lens cap or pocket: 100 % of seconds over 0.98 (limit 50 %), at 0:00-0:04; worst at 0:01."
    )


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (14.9, "0:14"), (61, "1:01"), (3723, "1:02:03")]
)
def test_clock(seconds, text):
    assert words.clock(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "0:00.00"), (0.29, "0:00.29"), (1.999, "0:01.99"), (61.07, "1:01.07")],
)
def test_clock_to_hundredths(seconds, text):
    assert words.clock_to_hundredths(seconds) == text


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            Agreement(Outcome.IMPROVES, 20, 14, 9, 0.706, 0.8571, 0.01),
            "Agrees with your marks in 86 % of clips it had not seen; usability alone in 71 %.",
        ),
        (
            Agreement(Outcome.NO_IMPROVEMENT, 20, 14, 9, 0.7, 0.68, 0.6),
            "No improvement: it would agree with your marks in 68 % of clips it had not seen, "
            "usability alone in 70 %.",
        ),
        (Agreement(Outcome.TOO_FEW, 7, 5, 2), "12 of 30 marks: keep or reject 18 more."),
        (
            Agreement(Outcome.ONE_SIDED, 38, 2, 9),
            "38 kept and 2 rejected: at least 8 of each are needed to tell them apart.",
        ),
        (
            Agreement(Outcome.TOO_ALIKE, 20, 20, 2),
            "The marks come from 2 of at least 5 shootings: mark clips of another hour, camera or "
            "folder.",
        ),
    ],
)
def test_what_came_of_learning(found, said):
    assert str(words.agreement(found)) == said
