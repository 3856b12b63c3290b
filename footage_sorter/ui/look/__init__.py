"""Look: colours, icons, strips, words in a person's language. Knows no library."""
