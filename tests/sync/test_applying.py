"""Applying changes to a dump, against the stores' own dumps over random histories."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from histories import History, histories, populated
from skillatlas.sync import IntegrityError
from skillatlas.taxonomy import PublishFaultsError, dump_lines, open_store, publish


@settings(max_examples=25, deadline=None)
@given(histories(populated()))
def test_a_dump_with_the_changes_applied_is_the_next_dump(history: History) -> None:
    from skillatlas.service.http.sync import change_line  # the server's line, without a server
    from skillatlas.sync.applying import apply_changes, file_hash

    with TemporaryDirectory() as name:
        folder = Path(name)
        store = open_store(f"sqlite:///{folder / 'store.db'}")
        try:
            for batch in history:
                with store.writer() as writer:
                    writer.edit(batch)
                try:
                    publish(store)
                except PublishFaultsError:
                    with store.writer() as writer:
                        writer.discard_edits()
            head = store.head()
            assert head is not None
            for start in range(1, head.number):
                old, new = folder / "old", folder / "new"
                old.write_bytes(b"".join(dump_lines(store, start)))
                (folder / "changes").write_bytes(b"".join(map(change_line, store.changes(start, head.number))))
                assert apply_changes(old, folder / "changes", new) == head.content_hash == file_hash(new)
                assert new.read_bytes() == b"".join(dump_lines(store, head.number))
        finally:
            store.close()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b'{"entityType":"CONCEPT"}',
        b'{"entityType":"NONE","entityId":"a","after":null}',
        b'{"entityId":"a","entityType":"CONCEPT","after":{},"scheme":"s"}',
    ],
)
def test_what_is_no_change_is_refused(tmp_path: Path, line: bytes) -> None:
    from skillatlas.sync.applying import apply_changes

    (tmp_path / "old").write_bytes(b"")
    (tmp_path / "changes").write_bytes(line + b"\n")
    with pytest.raises(IntegrityError):
        apply_changes(tmp_path / "old", tmp_path / "changes", tmp_path / "new")
