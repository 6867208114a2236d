"""What a unit is told of its archive or of a file inside, whatever opens it."""

from __future__ import annotations

from extractors.errors import Refused
from extractors.limits import MB
from extractors.readers.package import MemberFaults

ENCRYPTED = "压缩包设有密码，无法读取；请取消密码后重新报送"
DAMAGED = "压缩包已损坏，请重新打包后报送"
UNKNOWN_VERSION = "压缩包的格式版本不受支持；请用常用的 ZIP 格式（标准压缩）重新打包后报送"
REST_NAME = "（其余内容）"
"""The member that stands for all that could not be read."""
MEMBER = MemberFaults(
    encrypted=ENCRYPTED,
    damaged="压缩包中的该文件已损坏，请重新打包后报送",
    unknown_method="压缩包中的该文件用了不受支持的压缩方法（{method}）；请用常用的 ZIP 格式（标准压缩）重新打包后报送",
    too_large="压缩包成员解压后过大（超过 {most:.0f} MB）；请只报送自评材料",
)


def too_large(most: int) -> Refused:
    """A member of more than `most` bytes."""
    return Refused(MEMBER.too_large.format(most=most / MB))
