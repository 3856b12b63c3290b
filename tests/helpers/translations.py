"""Keeps `resources/i18n`: brings each .ts up to what the code says, and compiles the .qm.

    python -m tests.helpers.translations

New strings come in as unfinished, to be translated with Qt Linguist or by hand; strings that no
code says any more go.
"""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from footage_sorter.ui.look.translate import LANGUAGES
from tests.helpers.strings import Message, all_messages

FOLDER = Path(__file__).parents[2] / "resources" / "i18n"

Translations = dict[Message, tuple[str, ...]]
"""By string: its translation, or singular and plural; () where it has none yet."""


def read(language: str) -> Translations:
    """What a .ts holds."""
    path = FOLDER / f"{language}.ts"
    if not path.exists():
        return {}
    found: Translations = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            plural = message.get("numerus") == "yes"
            said = Message(name, message.findtext("source", ""), plural)
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")]
            texts = forms if plural else [translation.text or ""]
            found[said] = tuple(texts) if all(texts) else ()
    return found


def write(language: str, translations: Translations) -> None:
    """Write a .ts, in an order that makes a change easy to read, and compile its .qm."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for said in sorted(translations):
        if said.context not in contexts:
            contexts[said.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[said.context], "name").text = said.context
        attributes = {"numerus": "yes"} if said.plural else {}
        message = ET.SubElement(contexts[said.context], "message", attributes)
        ET.SubElement(message, "source").text = said.text
        texts = translations[said]
        kind = {} if texts else {"type": "unfinished"}
        translation = ET.SubElement(message, "translation", kind)
        if said.plural:
            for text in texts or ("", ""):
                ET.SubElement(translation, "numerusform").text = text
        else:
            translation.text = texts[0] if texts else ""
    ET.indent(root)
    path = FOLDER / f"{language}.ts"
    text = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8")
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    compiled = path.with_suffix(".qm")
    subprocess.run([tool, "-silent", path, "-qm", compiled], check=True)


def main() -> int:
    """Bring all languages up to date; 1 where something is left to translate."""
    said = all_messages()
    left = 0
    for language in LANGUAGES:
        known = read(language)
        # English says what the code says, but for its plurals.
        wanted = {one for one in said if one.plural} if language == "en" else said
        translations = {one: known.get(one, ()) for one in wanted}
        write(language, translations)
        missing = [one for one, texts in translations.items() if not texts]
        left += len(missing)
        for one in sorted(missing):
            print(f"{language}: {one.context}: {one.text}")  # noqa: T201  a command talks so
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
