"""Measurements beside peers, as ratios in one run; each file is a script."""
