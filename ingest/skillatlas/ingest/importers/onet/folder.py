"""A folder of files, read like a zip."""

from pathlib import Path

from ..files import decode, read_bytes, unreadable


class Folder:
    """A folder whose files are found by file name, wherever they lie below it."""

    def __init__(self, path: Path) -> None:
        """Look through `path`. Raises UnreadableError where two files of one name lie in it."""
        self.path = path.resolve()  # "." has a name too
        self._files: dict[str, Path] = {}
        for file in sorted(self.path.rglob("*")):
            if not file.is_file():
                continue
            if file.name in self._files:
                raise unreadable(str(path), None, f"holds {file.name} twice; name the folder of one release")
            self._files[file.name] = file

    @property
    def names(self) -> tuple[str, ...]:
        """File names, sorted."""
        return tuple(sorted(self._files))

    def place(self, name: str) -> str:
        """How findings name a file."""
        return f"{self.path.name}/{name}"

    def text(self, name: str) -> str:
        """A file's text. Raises UnreadableError where it cannot be opened or is not UTF-8."""
        return decode(read_bytes(self._files[name]), self.place(name))
