"""Figurewatch reads the figures in tech news. Start reading in `pipeline`; the words are in `model`."""
