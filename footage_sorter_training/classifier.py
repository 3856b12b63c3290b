"""The folder that becomes a classifier: weights, manifest, and a card for a person.

Knows what the program reads (`inference.classifiers`) and what a trial found; learns nothing.
"""

import json
import secrets
from datetime import UTC, datetime

from footage_sorter.domain.tags import CLASSIFIER_CARD, CLASSIFIER_MANIFEST, CLASSIFIER_WEIGHTS
from footage_sorter.domain.training import TrainingJob, Tried
from footage_sorter.inference.classifiers import manifest_values
from footage_sorter.inference.clip_sizes import ClipSizes
from footage_sorter_training.backbones import Backbone


def write(
    job: TrainingJob, backbone: Backbone, sizes: ClipSizes, tried: Tried, content: bytes
) -> None:
    """Write the classifier, whole or not at all; one that is there already is kept beside it."""
    side_px = backbone.side_px
    values = manifest_values(
        job.name, job.title, tried.labels, sizes, side_px=side_px, content=content
    ) | {
        "measured": {
            "how": "cross-validated by source: every clip by a network that saw none of its source",
            "clips": tried.clips,
            "sources": tried.sources,
            "accuracy": round(tried.accuracy, 4),
            "majority": round(tried.majority, 4),
            "between": [round(one, 4) for one in tried.between],
            "confusion": tried.confusion,
        },
        "backbone_from": backbone.origin,
        "seed": job.seed,
    }
    part = job.out.with_name(f".{secrets.token_hex(8)}.part")
    part.mkdir(parents=True)
    (part / CLASSIFIER_WEIGHTS).write_bytes(content)
    (part / CLASSIFIER_MANIFEST).write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    (part / CLASSIFIER_CARD).write_text(card(job, backbone, tried), "utf-8")
    if job.out.exists():
        moment = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
        job.out.rename(job.out.with_name(f"{job.out.name}-{moment}-{secrets.token_hex(3)}"))
    part.rename(job.out)


def card(job: TrainingJob, backbone: Backbone, tried: Tried) -> str:
    """What a person should know of the classifier, as Markdown."""
    low, high = tried.between
    lines = [
        f"# {job.title}",
        "",
        f"Tells apart: {', '.join(tried.labels)}. "
        f"Learned from {tried.clips} clips of {tried.sources} sources, on features of "
        f"{backbone.origin}; over time: {tried.head}.",
        "",
        f"**{tried.accuracy:.0%} right** on clips whose source it had not seen (cross-validated, "
        f"the choice of network included); by the number of sources, {low:.0%} to {high:.0%} is to "
        f"be expected of further ones. Always naming the commonest label: {tried.majority:.0%}.",
        "",
        "| truth \\ given | " + " | ".join(tried.labels) + " |",
        "|---" * (len(tried.labels) + 1) + "|",
    ]
    for label, row in zip(tried.labels, tried.confusion, strict=True):
        lines.append(f"| {label} | " + " | ".join(map(str, row)) + " |")
    return "\n".join(lines) + "\n"
