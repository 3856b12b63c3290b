"""Footage Sorter for DaVinci Resolve: marks the clips of the media pool with what was decided.

Put this file into Resolve's Scripts folder (Fusion/Scripts/Utility), then run it from
Workspace > Scripts. It finds clips by their path and replaces only what it wrote itself before.
Runs inside Resolve, with the Python that Resolve finds: any since 3.6, standard library only.
"""

# For old Pythons: no annotations, old format strings. It talks by the console of Resolve.

import json
import os

SIGN = "footage-sorter:"
COMMENT_SIGN = "Footage Sorter: "
# Filled in by Footage Sorter: by path, what is to be set; and every keyword that it ever sets.
CLIPS = json.loads("{}")
OUR_KEYWORDS = frozenset(json.loads("[]"))


def main(resolve_app):
    """Mark every clip of the current project; return how many were marked and not found."""
    project = resolve_app.GetProjectManager().GetCurrentProject()
    if project is None:
        print("Footage Sorter: open a project first.")
        return 0, len(CLIPS)
    wanted = {key_of(path): facts for path, facts in CLIPS.items()}
    marked = set()
    for item in items_of(project.GetMediaPool().GetRootFolder()):
        path = key_of(item.GetClipProperty("File Path") or "")
        if path in wanted:
            mark(item, wanted[path])
            marked.add(path)
    missing = len(wanted) - len(marked)
    clips = "1 clip" if len(marked) == 1 else "%d clips" % len(marked)
    print("Footage Sorter: %s marked, %d not in the media pool." % (clips, missing))
    return len(marked), missing


def key_of(path):
    """A path as it is compared: Resolve and the system may write its slashes otherwise."""
    return os.path.normcase(os.path.normpath(path)) if path else ""


def items_of(folder):
    """Every clip below `folder`."""
    for item in folder.GetClipList() or []:
        yield item
    for child in folder.GetSubFolderList() or []:
        for item in items_of(child):
            yield item


def mark(item, facts):
    """Set on one clip what was decided, in place of what an earlier run set."""
    metadata = item.GetMetadata() or {}
    item.SetMetadata("Keywords", merged_keywords(metadata, facts["keywords"]))
    item.SetMetadata("Comments", merged_comment(metadata.get("Comments", ""), facts["comment"]))
    before = item.GetThirdPartyMetadata(SIGN) or ""
    wrote = before.get(SIGN, "") if isinstance(before, dict) else before
    old_colour, _, old_flag = wrote.partition("/")
    if facts["colour"] and item.GetClipColor() in ("", None, old_colour):
        item.SetClipColor(facts["colour"])
    elif not facts["colour"] and old_colour and item.GetClipColor() == old_colour:
        item.ClearClipColor()
    if old_flag and old_flag != facts["flag"]:
        item.ClearFlags(old_flag)
    if facts["flag"] and facts["flag"] not in (item.GetFlagList() or []):
        item.AddFlag(facts["flag"])
    item.SetThirdPartyMetadata(SIGN, facts["colour"] + "/" + facts["flag"])
    replace_markers(item, facts["markers"])


def merged_keywords(metadata, ours):
    """The keywords of others and ours; all of ours bear our words, so that old ones can go."""
    text = metadata.get("Keywords") or metadata.get("Keyword") or ""
    others = [word.strip() for word in text.split(",")]
    return ", ".join([word for word in others if word and word not in OUR_KEYWORDS] + ours)


def merged_comment(text, ours):
    """The lines of others and ours; every line of ours begins with our sign."""
    others = [line for line in text.split("\n") if line and not line.startswith(COMMENT_SIGN)]
    return "\n".join(others + [COMMENT_SIGN + line for line in ours.split("\n") if line])


def replace_markers(item, markers):
    """Put our markers in place of those of an earlier run; a person's stay where they are."""
    for frame, marker in list((item.GetMarkers() or {}).items()):
        if str(marker.get("customData", "")).startswith(SIGN):
            item.DeleteMarkerAtFrame(frame)
    taken = set(item.GetMarkers() or {})
    for one in markers:
        frame = one["frame"]
        while frame in taken:  # Resolve holds one marker a frame
            frame += 1
        taken.add(frame)
        item.AddMarker(
            frame, one["colour"], one["name"], one["note"], one["length"], SIGN + one["kind"]
        )


if __name__ == "__main__":
    main(resolve)  # noqa: F821  Resolve itself defines it
