"""What a person can do, by its words: Alt and a letter means one thing in each menu."""

import re

import pytest

from footage_sorter.ui.actions import MENUS, SPECS
from tests.helpers import translations

TEXT_OF = {spec.name: spec.text for spec in SPECS}
GERMAN = {said.text: filled[0] for said, filled in translations.read("de").items() if filled}


def letter(text):
    found = re.search(r"&(\w)", text)
    return found and found[1].lower()


def twice(texts):
    """Letters that two of `texts` have; what has none is reached by the arrows."""
    letters = [one for one in map(letter, texts) if one]
    return {one for one in letters if letters.count(one) > 1}


@pytest.mark.parametrize("say", [str, lambda text: GERMAN.get(text, text)], ids=["en", "de"])
def test_a_letter_is_one_action_in_each_menu(say):
    assert not twice(say(title) for title, _ in MENUS)
    for title, names in MENUS:
        assert not twice(say(TEXT_OF[name]) for name in names if name != "-"), title
