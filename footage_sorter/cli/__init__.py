"""The command: the same services as the window, without Qt."""
