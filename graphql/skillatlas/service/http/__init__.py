"""The HTTP application: GraphQL, the sync routes, dumps, health and a start page."""

from .app import create_app, create_app_from_environment

__all__ = ["create_app", "create_app_from_environment"]
