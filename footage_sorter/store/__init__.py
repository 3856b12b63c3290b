"""Keeps facts and a person's decisions. The only package that knows SQLite."""
