"""The client on its own: `python -m skillatlas.sync`, or `skillatlas-sync` where only the client is installed."""

import argparse
import sys
from pathlib import Path

from . import commands
from .errors import ServerError, SyncError


def main(arguments: list[str] | None = None) -> int:
    """Run a command. Returns the exit status: 0 done, 1 the mirror or what arrived is at fault, 3 no server."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "init":
            commands.init(options.server, options.dir, scheme=options.scheme, again=options.again)
        elif options.command == "pull":
            commands.pull(options.dir, server_url=options.server, ids=options.ids)
        else:
            commands.verify(options.dir, server_url=options.server, offline=options.offline)
    except ServerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    except (SyncError, OSError, UnicodeDecodeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="skillatlas-sync", description="Keep a mirror of a server's taxonomy.")
    subparsers = parser.add_subparsers(dest="command", required=True)
    init = subparsers.add_parser("init", help="make a mirror of the newest release")
    init.add_argument("--scheme", metavar="KEY", help="mirror only this scheme or catalogue")
    init.add_argument("--again", action="store_true", help="replace the mirror that is there")
    pull = subparsers.add_parser("pull", help="bring the mirror to the newest release, all of it or nothing")
    pull.add_argument("--ids", type=Path, metavar="FILE", help="say what became of these ids, one a line; - is stdin")
    verify = subparsers.add_parser("verify", help="hash the mirror anew, and ask whether there is more")
    verify.add_argument("--offline", action="store_true", help="do not ask the server")
    for command in (init, pull, verify):
        required = command is init
        command.add_argument("--from", dest="server", metavar="URL", required=required, help="the server")
        command.add_argument("--dir", type=Path, required=True, metavar="DIR", help="the folder of the mirror")
    return parser


if __name__ == "__main__":
    sys.exit(main())
