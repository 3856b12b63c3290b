"""Whole clips: readers, rendered clips with a known truth, networks over time, their measures.

What is not of clips alone (loop, backbones, log, checkpoints) is shared with the pictures, above.
"""
