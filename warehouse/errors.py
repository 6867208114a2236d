"""What can go wrong in the warehouse. Messages are in Chinese: file, place, remedy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class WarehouseError(Exception):
    """Base of every error of this layer."""


class SchemaError(WarehouseError):
    """The database file is newer than this program, or was opened read-only before it was created."""


class LoadError(WarehouseError):
    """A batch does not have the tables and columns the schema expects; nothing of it was loaded."""


class DecisionError(WarehouseError):
    """A decision that cannot be recorded: unknown finding, unknown word, missing name or reason."""


class PublicationError(WarehouseError):
    """The published set could not be written; the former one is still in place."""


class TableFileError(WarehouseError):
    """A file handed in beside the submissions (roster, decisions) has faults; `faults` lists each with row and column.

    Nothing of the file was taken over.
    """

    def __init__(self, path: Path | str, faults: Sequence[str]):
        self.path = str(path)
        self.faults = tuple(faults)
        shown = "；".join(self.faults[:20])
        more = f"；……共{len(self.faults)}处" if len(self.faults) > 20 else ""
        super().__init__(f"文件「{Path(path).name}」未导入：{shown}{more}。请按提示修改后重新导入。")
