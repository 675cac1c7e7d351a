"""Numbers by chance, the same in every ordinary run: `SEED=…` deals others."""

import random

import numpy as np


def dice() -> np.random.Generator:
    """A source of chance, from the seed that each test begins with."""
    return np.random.default_rng(random.getrandbits(32))
