"""Trains classifiers of whole clips, in a process of its own; the program never imports it."""
