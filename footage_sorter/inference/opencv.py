"""OpenCV, imported so that it leaves Qt alone. Everything in this package takes `cv2` from here."""

import os

# The full wheel brings its own Qt for `imshow`, which we never call, and on import points the
# environment at that Qt's plugins and fonts. A window opened later would load plugins of a foreign
# Qt and abort.
_QT_NAMES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT_NAMES}

import cv2  # noqa: E402  the environment is read first

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

# Pictures here are small: a pool of threads costs more than it brings, and the decoder and the
# networks want the cores.
cv2.setNumThreads(1)

__all__ = ["cv2"]
