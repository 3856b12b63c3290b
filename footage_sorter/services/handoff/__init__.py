"""Takes the result to other programs: one module a format. Pure functions from rows to text."""
