"""A mail server on loopback that accepts everything and keeps each mail as a file: for `demo` and for tests."""

from __future__ import annotations

import email
import email.policy
import socket
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller


class MailSink:
    """Listens on 127.0.0.1 at a free port. Every mail becomes NNN.eml, its HTML part NNN.html, its text part NNN.txt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mails: list[EmailMessage] = []
        folder.mkdir(parents=True, exist_ok=True)
        self.port = _free_port()
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep one mail. aiosmtpd hands in the envelope."""
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append(mail)
        path = self.folder / f"{len(self.mails):03}.eml"
        path.write_bytes(envelope.content)
        for kind, suffix in (("html", ".html"), ("plain", ".txt")):
            if part := mail.get_body((kind,)):
                path.with_suffix(suffix).write_text(part.get_content(), encoding="utf-8")
        return "250 kept"

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()


def _free_port() -> int:
    """A port that nobody listens on. The server asks for a fixed one; between here and its start another could take it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
