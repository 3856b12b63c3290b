import re
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import UNDECIDED, Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.handoff.xmp import (
    COLOUR,
    COMMENT,
    GOOD,
    LABEL,
    PICK,
    RATING,
    SUBJECT,
    read_xmp,
    to_xmp,
)
from footage_sorter.services.handoff.xmp_packet import Packet
from tests.helpers.rows import rated, unread
from tests.unit.services.handoff.strategies import HOSTILE_NAMES, rows

HERE = Path("/A001.xmp")
BOTH = RejectDialect.BOTH

# As a photo program writes it: attributes and children mixed, its own names, comments, padding.
FOREIGN = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"
           x:xmptk="Some Tool 9 &lt;beta&gt;">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <!-- keep me -->
  <rdf:Description rdf:about=''
    xmlns:a="http://ns.adobe.com/xap/1.0/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    a:Rating = '3'
    a:CreatorTool="x &quot;y&quot;&#10;z" lr:private="1">
   <dc:subject><rdf:Bag><rdf:li>bride &amp; groom</rdf:li><rdf:li>silent</rdf:li></rdf:Bag></dc:subject>
   <lr:deep><rdf:Description><a:Rating>1</a:Rating></rdf:Description></lr:deep>
  </rdf:Description>
  <rdf:Description rdf:about='' xmlns:d="http://ns.adobe.com/xmp/1.0/DynamicMedia/">
   <d:scene>12</d:scene>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>

<?xpacket end='w'?>""".encode()  # noqa: E501  as it was written

FOREIGN_WORDS = "Keywords: bride & groom, silent"


def written(row, existing=None, dialect=BOTH):
    return to_xmp(row, dialect, existing, HERE)


def values(data, *names):
    packet = Packet(data, HERE)
    return [packet.get(name) for name in names]


@pytest.mark.parametrize(
    ("mark", "stars", "dialect", "rating", "good"),
    [
        (Mark.KEEP, 4, BOTH, "4", "True"),
        (Mark.KEEP, 0, BOTH, None, "True"),
        (Mark.NONE, 2, BOTH, "2", None),
        (Mark.REJECT, 4, BOTH, "-1", "False"),
        (Mark.REJECT, 4, RejectDialect.LIGHTROOM, "4", "False"),
        (Mark.REJECT, 4, RejectDialect.BRIDGE, "-1", None),
    ],
)
def test_a_decision_is_written_in_the_dialect_asked_for(mark, stars, dialect, rating, good):
    decision = Decision(mark, stars)
    data = written(rated(decision=decision), dialect=dialect)
    assert values(data, RATING, GOOD, PICK) == [rating, good, None]
    assert read_xmp(data, HERE) == decision


def test_flags_are_keywords_and_reasons_the_log_comment():
    data = written(rated(over={Flag.BLURRY: range(9)}, decision=Decision(note="the dance")))
    keywords, comment, label, colour = values(data, SUBJECT, COMMENT, LABEL, COLOUR)
    assert keywords == ("too blurred",)
    assert comment.startswith("the dance\nToo blurred: 90 % of seconds")
    assert (label, colour) == ("Red", "red")


def test_nothing_is_written_of_a_clip_that_nobody_judged():
    assert written(unread()) is None
    assert written(unread(), FOREIGN) == FOREIGN


def test_a_sidecar_that_is_there_keeps_every_other_byte():
    row = rated(over={Flag.SHAKY: range(9)}, decision=Decision(Mark.KEEP, 5))
    data = written(row, FOREIGN).decode()
    assert 'a:Rating = "5"\n    a:CreatorTool="x &quot;y&quot;&#10;z" lr:private="1">' in data
    assert "<rdf:li>bride &amp; groom</rdf:li><rdf:li>silent</rdf:li><rdf:li>too shaky<" in data
    assert "<lr:deep><rdf:Description><a:Rating>1</a:Rating></rdf:Description></lr:deep>" in data
    # What is left when our lines and values are taken out again is the file as it was.
    without = re.sub(r"\n   <(xmpDM|a:Label|photoshop|footageSorter)[^\n]*", "", data)
    without = without.replace('"5"', "'3'").replace("<rdf:li>too shaky</rdf:li>", "")
    assert without == FOREIGN.decode()


def test_bound_prefixes_are_used():
    data = written(rated(decision=Decision(Mark.KEEP, 5)), FOREIGN).decode()
    assert "<a:Label>Green</a:Label>" in data
    assert data.count("http://ns.adobe.com/xap/1.0/") == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_the_encoding_stays(encoding):
    text = FOREIGN.decode().replace("\ufeff", "")
    data = written(rated(decision=Decision(Mark.KEEP)), text.encode(encoding))
    assert values(data, GOOD, RATING) == ["True", "3"]
    assert "keep me" in data.decode(encoding)


def test_what_we_wrote_is_taken_back_and_what_others_wrote_is_not():
    marked = rated(over={Flag.SHAKY: range(9)}, decision=Decision(Mark.KEEP, 4, "note"))
    data = written(marked, FOREIGN.replace(b"a:Rating = '3'", b""))
    cleared = written(unread(), data)
    assert values(cleared, RATING, GOOD, LABEL, COLOUR, COMMENT) == [None] * 5
    assert values(cleared, SUBJECT) == [("bride & groom", "silent")]
    assert read_xmp(cleared, HERE) == Decision(note=FOREIGN_WORDS)


def test_anothers_label_and_comment_stay():
    foreign = FOREIGN.replace(b"a:Rating = '3'", b"a:Label='Select'").replace(
        b"<d:scene>", b"<d:logComment>mine</d:logComment><d:scene>"
    )
    data = written(rated(decision=Decision(Mark.KEEP, note="ours")), foreign)
    assert values(data, LABEL, COMMENT) == ["Select", "mine\nours"]
    again = written(rated(decision=Decision(Mark.KEEP, note="ours 2")), data)
    assert values(again, COMMENT) == ["mine\nours 2"]


def test_a_persons_comment_label_and_keywords_come_into_the_note():
    foreign = FOREIGN.replace(
        b"<d:scene>", b"<d:logComment>the kiss</d:logComment><d:scene>"
    ).replace(b"lr:private", b'a:Label="Second" lr:private')
    words = f"the kiss\nLabel: Second\n{FOREIGN_WORDS}"
    assert read_xmp(foreign, HERE) == Decision(stars=3, note=words)
    shaky = rated(over={Flag.SHAKY: range(9)}, decision=Decision(stars=3, note=words))
    data = written(shaky, foreign)
    assert read_xmp(data, HERE).note == words, "our own keywords and reasons are nobody's words"
    assert values(data, COMMENT)[0].count("the kiss") == 1
    assert written(shaky, data) == data


def markers(data):
    """Our track's markers: name, start and end in seconds."""
    root = ET.fromstring(data.decode().lstrip("\ufeff"))
    found = []
    for one in root.iter(f"{RDF}Description"):
        if one.get(f"{DM}trackName") != "Footage Sorter":
            continue
        rate = Fraction(one.get(f"{DM}frameRate").removeprefix("f"))
        for marker in one.iter(f"{RDF}Description"):
            if start := marker.get(f"{DM}startTime"):
                start_s = int(start) / rate
                end_s = start_s + int(marker.get(f"{DM}duration")) / rate
                found.append((marker.get(f"{DM}name"), start_s, end_s))
    return found


RDF, DM = (
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
    "{http://ns.adobe.com/xmp/1.0/DynamicMedia/}",
)
TRACK = b"""<d:Tracks xmlns:d="http://ns.adobe.com/xmp/1.0/DynamicMedia/"><rdf:Bag>
    <rdf:li rdf:parseType="Resource"><d:trackName>Comment</d:trackName><d:markers><rdf:Seq>
    <rdf:li rdf:parseType="Resource"><d:name>mine &amp; only</d:name></rdf:li></rdf:Seq></d:markers>
    </rdf:li></rdf:Bag></d:Tracks>
   <dc:subject>"""


def test_range_and_best_segment_are_markers_of_a_track_of_our_own():
    row = rated(over={Flag.SHAKY: range(6)}, decision=Decision(Mark.KEEP, in_s=1.0, out_s=2.52))
    expected = [("In and out", 1, Fraction(63, 25)), ("Best segment", 6, 10)]
    data = written(row)
    assert markers(data) == expected
    assert written(row, data) == data
    other = rated(over={Flag.SHAKY: range(6)}, decision=Decision(Mark.KEEP))
    assert markers(written(other, data)) == expected[1:]
    assert b"Tracks" not in written(unread(), data)


def test_another_programs_markers_stay_beside_ours():
    foreign = FOREIGN.replace(b"<dc:subject>", TRACK)
    row = rated(decision=Decision(Mark.KEEP))
    data = written(row, foreign)
    assert markers(data) == [("Best segment", 0, 10)]
    assert written(row, data) == data
    assert data.count(b"Tracks") == 2
    assert TRACK.partition(b"    </rdf:li></rdf:Bag>")[0] in data
    assert TRACK in written(unread(), data), "ours goes again, and only ours"
    renamed = data.replace(b'xmpDM:trackName="Footage Sorter"', b"").replace(
        b"<xmpDM:markers>", b"<xmpDM:trackName>Footage Sorter</xmpDM:trackName><xmpDM:markers>"
    )
    assert written(row, renamed).count(b"Footage Sorter</") == 0, "however it is serialised"


def test_pick_is_set_right_where_a_program_uses_it():
    foreign = FOREIGN.replace(b"<d:scene>", b"<d:pick>1</d:pick><d:scene>")
    data = written(rated(decision=Decision(Mark.REJECT)), foreign)
    assert values(data, PICK, GOOD) == ["-1", "False"]
    assert read_xmp(foreign, HERE) == Decision(Mark.KEEP, 3, FOREIGN_WORDS)


@settings(deadline=None)
@given(rows(), st.sampled_from(RejectDialect), st.sampled_from([None, FOREIGN]))
def test_every_decision_comes_back_and_writing_twice_changes_nothing(row, dialect, existing):
    once = written(row, existing, dialect)
    if once is None:
        assert row.decision == UNDECIDED
        return
    assert written(row, once, dialect) == once
    ET.fromstring(once.decode("utf-8").lstrip("\ufeff"))
    if existing is None:
        assert read_xmp(once, HERE) == row.decision
    elif row.decision.stars or row.decision.mark is Mark.REJECT:
        assert read_xmp(once, HERE).mark == row.decision.mark


@settings(deadline=None)
@given(rows(), rows(), st.sampled_from(RejectDialect))
def test_a_second_decision_leaves_nothing_of_the_first(first, second, dialect):
    data = written(first, written(second, None, dialect), dialect)
    assert data is None or read_xmp(data, HERE) == first.decision


@pytest.mark.parametrize("note", HOSTILE_NAMES)
def test_hostile_notes_survive(note):
    decision = Decision(Mark.KEEP, note=note)
    data = written(rated(decision=decision))
    assert read_xmp(data, HERE) == decision
    assert written(rated(decision=decision), data) == data


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b">4</xmp:Rating>", b">2</xmp:Rating>", Decision(Mark.KEEP, 2, "n")),
        (b">4</xmp:Rating>", b">-1</xmp:Rating>", Decision(Mark.REJECT, 4, "n")),
        (b">True<", b">False<", Decision(Mark.REJECT, 4, "n")),
    ],
)
def test_what_another_program_changed_since_is_newer(old, new, expected):
    data = written(rated(decision=Decision(Mark.KEEP, 4, "n")))
    assert old in data
    assert read_xmp(data.replace(old, new), HERE) == expected


def test_another_program_took_back_a_reject():
    data = written(rated(decision=Decision(Mark.REJECT, 4)), dialect=RejectDialect.BRIDGE)
    assert read_xmp(data.replace(b">-1<", b">0<"), HERE) == UNDECIDED


def packet_with(attributes):
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        f' xmlns:f="urn:footage-sorter:xmp:1#" {attributes}/></rdf:RDF></x:xmpmeta>'
    ).encode()


def test_a_bare_packet_can_be_patched_and_read():
    bare = packet_with("xmp:Rating='2'")
    assert read_xmp(bare, HERE) == Decision(stars=2)
    assert read_xmp(written(rated(decision=Decision(stars=5)), bare), HERE) == Decision(stars=5)


BOMB = b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x:xmpmeta xmlns:x="a">&c;</x:xmpmeta>'


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0\1", b"not xml", b"<a/>", BOMB, b"\xff\xfe\xff", "<é/>".encode("latin-1"),
        b"<a>" * 100_000,
        packet_with("xmp:Rating='five'"),
        packet_with("xmp:Rating='1e999'"),
        packet_with("xmp:Rating='nan'"),
        packet_with("f:decision='[]'"),
        packet_with("f:decision='{&quot;stars&quot;: 9}'"),
        packet_with("f:decision='{&quot;in_s&quot;: -1}'"),
        packet_with("f:decision='{&quot;overruled&quot;: [&quot;ugly&quot;]}'"),
        packet_with("f:written='['"),
        packet_with("f:written='3'"),
    ],
)  # fmt: skip
def test_what_is_hostile_or_broken_is_one_error(data):
    with pytest.raises(ExchangeRefused) as caught:
        read_xmp(data, HERE)
    assert caught.value.path == HERE


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    with suppress(ExchangeRefused):
        read_xmp(data, HERE)
