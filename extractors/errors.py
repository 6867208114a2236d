"""Why a file gave no reports. Every message is in Chinese, for the unit and the reviewer."""

from __future__ import annotations

ENCRYPTED = "文件设有打开密码，无法读取；请取消密码后重新报送"
"""Of an office document, whatever its format."""
TOO_DEEP = "文件内部嵌套过深，不予读取；请用办公软件重新保存"
TOO_MUCH_MEMORY = "读取所需内存超过上限；请精简文件（如删除图片、空白区域）后重新报送"
NOTHING_TO_READ = "文件中没有可读的文字或表格；请核对是否交错了文件"


class ExtractionError(Exception):
    """A file that cannot be read. `reason` names what is wrong and what to do, in Chinese."""

    status = "unreadable"

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class Unreadable(ExtractionError):
    """Damaged, truncated, encrypted or empty."""


class Refused(ExtractionError):
    """Policy: too large, too deep, hostile, or a format that is not accepted."""

    status = "refused"


class NeedsTool(ExtractionError):
    """Readable with a program that this machine lacks; the reason names the package to install."""

    status = "needs_tool"


class NotAnEvaluation(ExtractionError):
    """Another kind of document; the reason says which."""

    status = "not_an_evaluation"

    def __init__(self, reason: str, kind: str):
        super().__init__(reason)
        self.kind = kind
