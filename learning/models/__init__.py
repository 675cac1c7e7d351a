"""The cube of figures, the runs that made it, the pages and charts kept ready, signals, questions, reports."""

from .asking import LAST_WORDS, Improvement, LearningQuestion, Link, Reply, SignLink, owed_an_answer, signallers
from .cube import Cube, CubeState, CubeUse
from .kept import KeptCount, KeptUse
from .noticing import Signal
from .ready import Chart, StoredDashboard
from .releases import FigureRelease
from .reporting import LearningReport, ReportRun, ReportStory
from .rollups import RollupRun
from .summaries import KeptSummary, Summary

__all__ = (
    "LAST_WORDS",
    "Chart",
    "Cube",
    "CubeState",
    "CubeUse",
    "FigureRelease",
    "Improvement",
    "KeptCount",
    "KeptSummary",
    "KeptUse",
    "LearningQuestion",
    "LearningReport",
    "Link",
    "Reply",
    "ReportRun",
    "ReportStory",
    "RollupRun",
    "SignLink",
    "Signal",
    "StoredDashboard",
    "Summary",
    "owed_an_answer",
    "signallers",
)
