"""What the program does, without a window and without a concrete scorer."""
