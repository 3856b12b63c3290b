"""A player's panel and its rows."""

from tests.helpers.rows import LIMITS


def show(qtbot, player, row):
    """Show a row, and wait for its picture."""
    with qtbot.waitSignal(player.deck.shown):
        player.show_row(row, LIMITS)
