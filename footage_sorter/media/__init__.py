"""Reads clips. The only package that knows PyAV."""
