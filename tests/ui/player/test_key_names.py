"""The keys that the player names are those that work, also after a person has changed them."""

import pytest

from footage_sorter.ui.actions import SPECS, make_actions, set_keys
from footage_sorter.ui.player.facts import Facts
from footage_sorter.ui.player.playback import Way
from footage_sorter.ui.player.transport import Transport


@pytest.fixture
def actions(qapp):
    return make_actions({spec.name: lambda: None for spec in SPECS}, {"keep": "Ctrl+1"}, qapp)


def tips(widget):
    return [one.toolTip() for one in widget.findChildren(object) if hasattr(one, "follow")]


def test_the_opinions_name_the_keys_as_they_are_set(qtbot, actions):
    facts = Facts()
    qtbot.addWidget(facts)
    assert tips(facts) == ["Keep", "Reject", "Stars"]
    facts.follow(actions)
    assert tips(facts) == ["Keep (Ctrl+1)", "Reject (X)", "Stars (1, 2, 3, 4, 5; none by 0)"]
    set_keys(actions, {"keep": "F2", "reject": "", "stars_5": "F5", "stars_0": ""})
    assert tips(facts) == ["Keep (F2)", "Reject", "Stars (1, 2, 3, 4, F5)"]


def test_the_transport_names_the_keys_as_they_are_set(qtbot, actions):
    transport = Transport()
    qtbot.addWidget(transport)
    transport.follow(actions)
    shipped = [
        "Play (Space)", "Loop (R)", "Mute (Shift+M)", "One frame back (,)", "One frame on (.)",
        "Play the best segment (B)", "In point here (I)", "Out point here (O)", "Full screen (F)",
    ]  # fmt: skip
    assert sorted(tips(transport)) == sorted(shipped)
    set_keys(actions, {"play": "F2", "mute": "F3"})
    transport.set_way(Way.ON)
    assert "Pause (F2)" in tips(transport)
    assert "Mute (F3)" in tips(transport)
    transport.set_sound(heard=False)
    assert "Shown by single frames, without sound" in tips(transport)


def test_the_menu_of_overlays_names_their_keys(qtbot, actions):
    transport = Transport()
    qtbot.addWidget(transport)
    transport.follow(actions)
    set_keys(actions, {"overlay_peaking": "F4"})
    texts = [action.text() for action in transport._overlay.menu().actions()]
    assert texts == ["Clipped highlights\tH", "Crushed shadows\tD", "Focus peaking\tF4"]
