"""A codec is called what editors call it."""

import pytest

from footage_sorter.domain.codec_names import codec_name


@pytest.mark.parametrize(
    ("codec", "name"),
    [("h264", "H.264"), ("hevc", "H.265"), ("prores", "ProRes"), ("msmpeg4v2", "msmpeg4v2")],
)
def test_a_codec_has_the_name_that_editors_know(codec, name):
    assert codec_name(codec) == name
