"""Training: makes, measures and exports the networks that ship with Footage Sorter.

Run from a checkout with `python -m training`. The program never imports this package.
"""
