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
    """A file handed in beside the submissions (roster, budgets, decisions) has faults; `faults` lists each with row
    and column, and so does the message.

    Nothing of the file was taken over.
    """

    def __init__(self, path: Path | str, faults: Sequence[str]):
        self.path = str(path)
        self.faults = tuple(faults)
        if len(self.faults) == 1:
            words = f"文件「{Path(path).name}」未导入：{self.faults[0]}。请按提示修改后重新导入。"
        else:
            listed = "\n".join(f"  {fault}" for fault in self.faults)
            words = f"文件「{Path(path).name}」未导入，共 {len(self.faults)} 处：\n{listed}\n请按提示修改后重新导入。"
        super().__init__(words)


class HandedInError(WarehouseError):
    """Several files handed in have faults: what each of them says. Nothing of any was taken over."""

    def __init__(self, errors: Sequence[Exception]):
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, errors)))
