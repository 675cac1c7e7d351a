"""What is kept of giving account."""

from .access import AccessRequest
from .blocks import BuildingBlock, Stock
from .dossiers import DossierNote, FrozenDossier
from .editions import Edition, EditionStory, EditionText, Freezing
from .equality import Comparison
from .evidence import Evidence
from .pulses import Pulse, PulseBallot, PulseInvitation
from .register import Proposing, RegisterLine
from .retention import Certificate, DestructionLine, DestructionList, LedgerMark, Replay
from .reviewing import Review, ReviewRound
from .scans import Scan, ScanAnswer
from .verifications import Verification

__all__ = (
    "AccessRequest",
    "BuildingBlock",
    "Certificate",
    "Comparison",
    "DestructionLine",
    "DestructionList",
    "DossierNote",
    "Edition",
    "EditionStory",
    "EditionText",
    "Evidence",
    "Freezing",
    "FrozenDossier",
    "LedgerMark",
    "Proposing",
    "Pulse",
    "PulseBallot",
    "PulseInvitation",
    "RegisterLine",
    "Replay",
    "Review",
    "ReviewRound",
    "Scan",
    "ScanAnswer",
    "Stock",
    "Verification",
)
