"""Dialogs: what is asked once and then done. Each takes the session and a few values."""
