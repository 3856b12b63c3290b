"""The player: one clip, whoever decodes it, and what a person says of it."""
