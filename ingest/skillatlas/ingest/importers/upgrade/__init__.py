"""What a newer version of a scheme changes, as people look at it before it is published."""

from .diff import Altered, Deprecated, Moved, Named, Relabelled, RelationDiff, Suspicion, UpgradeDiff
from .finishing import finish
from .markdown import diff_markdown
from .watching import Watch

__all__ = [
    "Altered",
    "Deprecated",
    "Moved",
    "Named",
    "Relabelled",
    "RelationDiff",
    "Suspicion",
    "UpgradeDiff",
    "Watch",
    "diff_markdown",
    "finish",
]
