"""Measures frames and bursts. Knows numpy, OpenCV and, behind one late door, torch."""
