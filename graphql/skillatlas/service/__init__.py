"""Puts skillatlas together: settings, the command line and the HTTP application.

Names are loaded when first used, since `skillatlas --help` must not pay for a web server.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .http import create_app
    from .settings import Settings

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> Any:
    if name == "Settings":
        from .settings import Settings

        return Settings
    if name == "create_app":
        from .http import create_app

        return create_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
