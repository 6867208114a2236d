"""Mails (eml): the attachments, and the text of the mail where it carries the report itself."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from extractors.containers import MemberSink
from extractors.errors import Refused, Unreadable
from extractors.limits import MB, Limits

BODY_NAMES = {"text/html": "邮件正文.html", "text/plain": "邮件正文.txt"}


def open_mail(path: Path, sink: MemberSink, limits: Limits) -> None:
    """Give the attachments to the sink; without any, the body. Raises Unreadable when there is neither."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise Unreadable("邮件文件已损坏，请将附件另存后报送")
    parts = 0
    bodies: dict[str, EmailMessage] = {}
    for part in message.walk():
        parts += 1
        if parts > limits.max_members:
            raise Refused(f"邮件的组成部分过多（上限 {limits.max_members} 个）；请将附件另存后报送")
        if not isinstance(part, EmailMessage) or part.is_multipart():
            continue
        name = part.get_filename()
        kind = part.get_content_type()
        if name:
            # Pictures of a signature are shown in the text, not handed in.
            if not (part.get("Content-ID") and kind.startswith("image/")) and sink.wants(name):
                sink.put(name, _content(part))
        elif kind in BODY_NAMES:
            bodies.setdefault(kind, part)
    if sink.members:
        return
    for kind, name in BODY_NAMES.items():
        if kind in bodies:
            sink.put(name, _content(bodies[kind], as_text=True))
            return
    raise Unreadable("邮件中没有附件，也没有正文")


def _content(part: EmailMessage, as_text: bool = False) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise Unreadable("邮件附件已损坏，请将附件另存后报送")
        if len(content) > most:
            raise Refused(
                f"邮件附件过大（{len(content) / MB:.0f} MB，余量 {most / MB:.0f} MB）；请只报送自评材料"
            )
        if as_text:
            charset = part.get_content_charset() or "utf-8"
            charset = "gb18030" if charset in ("gb2312", "gbk") else charset
            try:
                return content.decode(charset).encode("utf-8")
            except (UnicodeDecodeError, LookupError):
                return content
        return content

    return read
