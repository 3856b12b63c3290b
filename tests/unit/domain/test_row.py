"""Rows: what is said of a clip changes nothing else of its row."""

from dataclasses import fields, replace

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.row import ClipRow
from tests.helpers.rows import rated


def test_what_is_said_changes_nothing_else():
    row = replace(rated(), damage="torn", for_you=7, noise=0.1, usual_noise=0.2)
    said = Decision(Mark.KEEP, stars=3)
    now = row.with_decision(said)
    assert now.decision == said
    others = [one.name for one in fields(ClipRow) if one.name != "decision"]
    assert all(getattr(now, one) is getattr(row, one) for one in others)
