"""What a move that was cut off may take for its own end."""

from threading import Event

import pytest

from footage_sorter.domain.filing import Obstacle
from footage_sorter.services.transfer import TransferStopped, move, stamp_of


@pytest.mark.parametrize(
    ("there", "is_done"), [(b"picture", True), (b"another", True), (b"", False)]
)
def test_a_move_is_done_where_the_source_is_gone_and_a_file_as_large_lies_there(
    tmp_path, there, is_done
):
    source, target, part = (tmp_path / name for name in ("a.mp4", "b.mp4", "part"))
    source.write_bytes(b"picture")
    stamp = stamp_of(source)
    source.unlink()
    target.write_bytes(there)
    if is_done:
        move(source, target, stamp, part, Event(), again=True)
        return
    with pytest.raises(TransferStopped) as stopped:
        move(source, target, stamp, part, Event(), again=True)
    assert stopped.value.obstacle is Obstacle.MISSING
