"""All settings of the service, typed, from the environment (prefix `SKILLATLAS_`) or given by the command line."""

from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024


def default_store_url() -> str:
    """The SQLite file in the user's data directory."""
    return f"sqlite:///{user_data_path('skillatlas', appauthor=False) / 'skillatlas.db'}"


class Settings(BaseSettings):
    """Settings of a server. Every field is an environment variable: `store` is `SKILLATLAS_STORE`."""

    model_config = SettingsConfigDict(env_prefix="SKILLATLAS_", frozen=True, extra="ignore")

    store: str = Field(default_factory=default_store_url, description="URL of the store")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    hosts: tuple[str, ...] = Field(
        default=(), description="names by which it may be asked (`Host`); empty: any, on a loopback address only that"
    )
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="server processes")
    cors: tuple[str, ...] = Field(default=(), description="origins that browsers may call from")
    dev: bool = Field(default=False, description="serve introspection")
    log_format: str = Field(default="json", pattern="^(json|console)$", description="json or console")
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="least level logged")

    refresh_seconds: float = Field(default=1.0, gt=0, le=3600, description="how often a new release is looked for")
    keep_older_releases: int = Field(default=1, ge=0, le=20, description="older releases kept in memory")
    warm_schemes: tuple[str, ...] = Field(default=("atlas",), description="schemes whose extractor is made at start")
    index_folder: str = Field(
        default="", description="folder where indexes of linking are kept; empty: the user's cache folder"
    )
    shutdown_seconds: int = Field(default=30, ge=1, description="how long requests under way may take after SIGTERM")

    max_body_bytes: int = Field(default=32 * MEBIBYTE, ge=1024, description="largest request body")
    max_depth: int = Field(default=15, ge=3, description="deepest query")
    max_cost: int = Field(default=20_000, ge=100, description="dearest query, in objects it may touch")
    max_aliases: int = Field(default=30, ge=0, description="most aliases in a query")
    max_directives: int = Field(default=30, ge=0, description="most directives in a query")
    max_root_fields: int = Field(default=20, ge=1, description="most root fields in a query")
    max_tokens: int = Field(default=4_000, ge=100, description="longest query, in tokens")
    max_text: int = Field(default=1_000_000, ge=1000, description="longest text to read, in code points")
    max_string: int = Field(default=100_000, ge=1000, description="longest other string, in code points")
    max_page_size: int = Field(default=100, ge=1, le=100, description="most rows of a page")
    max_ids: int = Field(default=500, ge=1, le=500, description="most ids in one argument")
    max_releases: int = Field(default=2, ge=1, le=10, description="most releases that one request reads")
    max_changes: int = Field(default=2_000_000, ge=1000, description="most changes that one field walks through")
    max_operations: int = Field(default=20, ge=1, description="most operations in a query's text")
    max_fragments: int = Field(default=50, ge=0, description="most fragments in a query's text")
    plan_effort: float = Field(default=8.0, gt=0, description="effort of a plan's proof, in the solver's units")
    plan_seconds: float = Field(default=30.0, gt=0, description="seconds after which a plan is given up")
    threads: int = Field(default=4, ge=1, le=64, description="heavy requests answered at the same time")


def index_folder(settings: Settings) -> Path:
    """Where indexes of linking are kept; made when the first is."""
    return Path(settings.index_folder) if settings.index_folder else user_cache_path("skillatlas", appauthor=False)


def ensure_store_folder(url: str) -> None:
    """Make the user's data directory where the default store is to lie; other folders must exist."""
    if url == default_store_url():
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
