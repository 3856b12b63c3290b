"""Whatever happens to the files between scans, what was said of a content stays with it."""

from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from footage_sorter.domain.clip import ContentId, Decision, FileStamp, Mark
from footage_sorter.domain.report import Models
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare

NAMES = [f"/{folder}/{name}.mp4" for folder in ("day1", "day2") for name in "ab"]
names = st.sampled_from(NAMES)
decisions = st.builds(
    Decision,
    mark=st.sampled_from(Mark),
    stars=st.integers(0, 5),
    note=st.sampled_from(["", "crowd", "stage"]),
)
MODELS = Models("", "", "", "")


class Shoot(RuleBasedStateMachine):
    """Files that a person moves about, a library that scans them, and what it must remember."""

    def __init__(self):
        super().__init__()
        self.folder = Path(mkdtemp())
        self.store = ClipStore(self.folder / "library.sqlite")
        self.files = {}  # path -> (content, stamp)
        self.said = {}  # content -> decision
        self.clock = 0
        self.scanned = True

    def teardown(self):
        self.store.close()
        rmtree(self.folder)

    def stamp(self):
        self.clock += 1
        return FileStamp(1, self.clock)

    def put(self, name, content):
        self.files[name] = (content, self.stamp())
        self.scanned = False

    def file(self, data):
        return data.draw(st.sampled_from(sorted(self.files)))

    @rule(name=names)
    def record(self, name):
        """A camera writes a new file, perhaps over an old one."""
        self.put(name, f"content {self.clock}")

    @precondition(lambda self: self.files)
    @rule(new=names, data=st.data())
    def rename(self, new, data):
        self.files[new] = self.files.pop(self.file(data))
        self.scanned = False

    @precondition(lambda self: len(self.files) > 1)
    @rule(data=st.data())
    def swap(self, data):
        one, two = self.file(data), self.file(data)
        self.files[one], self.files[two] = self.files[two], self.files[one]
        self.scanned = False

    @precondition(lambda self: self.files)
    @rule(new=names, data=st.data())
    def copy(self, new, data):
        """Also a copy onto itself: the stamp changes, the content does not."""
        self.put(new, self.files[self.file(data)][0])

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def delete(self, data):
        del self.files[self.file(data)]
        self.scanned = False

    @precondition(lambda self: self.said)
    @rule(name=names, data=st.data())
    def restore(self, name, data):
        """A content that people spoke of comes back from a backup."""
        self.put(name, data.draw(st.sampled_from(sorted(self.said))))

    @rule(data=st.data())
    def scan(self, data):
        found = {}
        for name in data.draw(st.permutations(sorted(self.files))):
            found[name] = self.store.put_found(Path(name), self.files[name][1])
        there = self.store.clips_below([Path("/")])
        gone = [clip.id for clip in there if str(clip.path) not in self.files]
        self.store.set_missing(gone, missing=True)
        for name in data.draw(st.permutations(sorted(found))):
            clip = found[name]
            if clip.content is None:
                content = ContentId(self.files[name][0])
                assert self.store.put_read(clip, content, None).path == Path(name)
        self.scanned = True

    @precondition(lambda self: self.files)
    @rule(data=st.data(), decision=decisions)
    def decide(self, data, decision):
        """A person decides on a content, on every copy of it."""
        if not self.scanned:
            self.scan(data)
        content = data.draw(st.sampled_from(sorted({one for one, _ in self.files.values()})))
        copies = self.store.same_content(ContentId(content))
        self.store.decide({clip.id: decision for clip in copies})
        self.said[content] = decision

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def remove_from_library(self, data):
        rows = self.store.clips_below([Path(self.file(data))])
        self.store.remove([clip.id for clip in rows])
        self.scanned = False

    @invariant()
    def what_was_said_stays_with_its_content(self):
        if not self.scanned:
            return
        rows = {str(one.clip.path): one for one in self.store.load(MODELS) if not one.missing}
        assert rows.keys() == self.files.keys()
        assert len({one.clip.id for one in rows.values()}) == len(rows)
        for name, (content, stamp) in self.files.items():
            assert rows[name].clip.content == content
            assert rows[name].clip.stamp == stamp
            if content in self.said:
                assert rows[name].decision == self.said[content]


TestShoot = Shoot.TestCase
TestShoot.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)


def test_a_copy_that_comes_back_to_the_library_knows_what_was_said_meanwhile(tmp_path):
    path = tmp_path / "library.sqlite"
    prepare(path)
    store = ClipStore(path)
    one, other = tmp_path / "one.mp4", tmp_path / "other.mp4"
    stamp, content = FileStamp(10, 10), ContentId("same")
    clips = [store.put_read(store.put_found(p, stamp), content, None) for p in (one, other)]
    store.decide({clip.id: Decision(stars=2) for clip in clips})
    store.remove([clips[0].id])
    store.decide({clips[1].id: Decision(stars=5, note="crowd")})
    back = store.put_read(store.put_found(one, stamp), content, None)
    assert store.decision(back.id) == Decision(stars=5, note="crowd")
    store.close()
