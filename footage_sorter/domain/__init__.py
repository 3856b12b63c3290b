"""What the program is about. Knows Python and numpy's arrays, nothing else."""
