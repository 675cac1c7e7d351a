"""The cube of figures, the runs that made it, and the pages and charts kept ready."""

from .cube import Cube, CubeState, CubeUse
from .ready import Chart, StoredDashboard
from .rollups import RollupRun

__all__ = ("Chart", "Cube", "CubeState", "CubeUse", "RollupRun", "StoredDashboard")
