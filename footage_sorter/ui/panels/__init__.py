"""Panels beside the library: why, limits, compare."""
