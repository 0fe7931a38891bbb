"""The GraphQL API: a schema over the packages below, and how a request is answered.

    context = Context(store, snapshots, extractors, limits=Limits(), introspection=False)   # once a process
    reply = answer(context, query, variables, operation_name)    # .status 200 or 400, .body, .internal (to be logged)
    encode(reply.body)                                           # the bytes to send
    execute(context, query, variables)                           # the body alone, in process

`context.prepare(graph, schemes)` makes a graph's indexes before the first request.
"""

from .answers import read_profile, read_target, text_scheme
from .context import Context, ExtractorPool, Request
from .costs import COST_MAP
from .errors import AbsentError, ApiError, BadInputError, ErrorCode, LimitError, SensitiveInputError, classify
from .execution import Answer, answer, encode, execute, format_error
from .limits import Limits
from .measures import store_calibrations
from .schema import get_schema, schema_text
from .sensitive import is_sensitive

__all__ = [
    "COST_MAP",
    "AbsentError",
    "Answer",
    "ApiError",
    "BadInputError",
    "Context",
    "ErrorCode",
    "ExtractorPool",
    "LimitError",
    "Limits",
    "Request",
    "SensitiveInputError",
    "answer",
    "classify",
    "encode",
    "execute",
    "format_error",
    "get_schema",
    "is_sensitive",
    "read_profile",
    "read_target",
    "schema_text",
    "store_calibrations",
    "text_scheme",
]
