"""The library on the screen: cards, table, pills, sidebar. Shows the session's model."""
