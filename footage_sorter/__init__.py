"""Footage Sorter: rates the clips of a shoot, so that a person can keep the good ones."""

__version__ = "0.1.0"
