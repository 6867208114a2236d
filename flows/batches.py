"""Files to read, cut into batches under staging/: planned, read, loaded, gone. A killed run's batches are used again."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path

from flows.register import InboxFile

ITEMS = "items.json"
TABLES = "tables"
MOST_BATCHES = 400
"""Tasks of one Prefect flow run: beyond, batches grow instead."""
LEAST_FILES = 10


@dataclass(frozen=True, slots=True)
class Batch:
    """A folder staging/ID: items.json says which files, tables/ (once it is there) holds all that was read."""

    folder: Path

    @property
    def items_file(self) -> Path:
        """The list of files, JSON."""
        return self.folder / ITEMS

    @property
    def tables(self) -> Path:
        """One Parquet file a core table; exists only when the batch was read to its end."""
        return self.folder / TABLES

    @property
    def is_read(self) -> bool:
        """Whether reading came to its end."""
        return self.tables.is_dir()

    def files(self, archive: Path) -> list[InboxFile]:
        """The files of the batch."""
        return [
            InboxFile(
                file_path=item["file_path"],
                sha256=item["sha256"],
                size_bytes=item["size_bytes"],
                received_at=datetime.fromisoformat(item["received_at"]),
                archive_path=archive / item["archive_name"],
            )
            for item in json.loads(self.items_file.read_text("utf-8"))
        ]

    def discard(self) -> None:
        """Removes the batch: it is loaded, or of no use."""
        shutil.rmtree(self.folder, ignore_errors=True)


def batch_size(files: int, batches_at_a_time: int, most: int) -> int:
    """Files a batch: a few batches for every place where one can be read, so that the last ones end together."""
    wished = ceil(files / (4 * batches_at_a_time))
    return max(min(max(wished, LEAST_FILES), most), ceil(files / MOST_BATCHES), 1)


def plan_batches(
    files: Sequence[InboxFile], home_archive: Path, staging: Path, extractor_version: str, size: int
) -> list[Batch]:
    """The batches that hold `files`: those a killed run has read already, and new ones for the rest.

    Whatever else lies in staging is of no use to this run and is removed.
    """
    wanted = {file.key: file for file in files}
    batches = []
    staging.mkdir(parents=True, exist_ok=True)
    for folder in sorted(staging.iterdir()):
        batch = Batch(folder)
        if batch.is_read and folder.name.startswith(f"{extractor_version}-"):
            keys = {file.key for file in batch.files(home_archive)}
            if keys <= wanted.keys():
                batches.append(batch)
                for key in keys:
                    del wanted[key]
                continue
        batch.discard()
    left = sorted(wanted.values(), key=lambda file: file.key)
    for start in range(0, len(left), size):
        batches.append(_write(left[start : start + size], home_archive, staging, extractor_version))
    return batches


def _write(files: list[InboxFile], archive: Path, staging: Path, extractor_version: str) -> Batch:
    name = hashlib.sha256("\n".join("\t".join(file.key) for file in files).encode()).hexdigest()[:16]
    batch = Batch(staging / f"{extractor_version}-{name}")
    batch.folder.mkdir(parents=True)
    items = [
        {
            "file_path": file.file_path,
            "sha256": file.sha256,
            "size_bytes": file.size_bytes,
            "received_at": file.received_at.isoformat(),
            "archive_name": file.archive_path.relative_to(archive).as_posix(),
        }
        for file in files
    ]
    batch.items_file.write_text(json.dumps(items, ensure_ascii=False), "utf-8")
    return batch
