BASE = 2.0
WEIGHTS: dict[str, float] = {}
