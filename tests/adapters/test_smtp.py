"""Real SMTP against a real server on loopback."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from etl.adapters.smtp import send
from etl.errors import MailError
from etl.spec.settings import MailSettings

RAW = b"Subject: a figure\r\nMessage-ID: <one@x.example>\r\n\r\n23.16 million\r\n"
TO = ("a@b.example", "b@b.example")


class Sink:
    """Keeps what it takes; refuses who it is told to."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.refused: dict[str, str] = {}
        self.answer = "250 taken"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(envelope)
        return self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[Sink, int]]]:
    running: list[Controller] = []

    def start(**options: Any) -> tuple[Sink, int]:
        sink, port = Sink(), free_port()
        server = Controller(sink, hostname="127.0.0.1", port=port, **options)
        server.start()
        running.append(server)
        return sink, port

    yield start
    for server in running:
        server.stop()


def settings(port: int, **changes: Any) -> MailSettings:
    said = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "Figurewatch <f@x.example>", "deadline_s": 5.0}
    return MailSettings(**{**said, **changes})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of our own for 127.0.0.1."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2"]
    try:
        subprocess.run([*command, "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl isn't there to make a certificate")
    return key, cert


def test_the_bytes_arrive_as_they_are(serve: Callable[..., tuple[Sink, int]]) -> None:
    """What was kept is what the server gets, for every receiver."""
    sink, port = serve()
    send(RAW, TO, settings(port))
    assert sink.taken[0].content == RAW and tuple(sink.taken[0].rcpt_tos) == TO and sink.taken[0].mail_from == "f@x.example"


def test_a_refusal_for_good_is_told_from_a_passing_one(serve: Callable[..., tuple[Sink, int]]) -> None:
    """5xx is permanent, 4xx isn't, whether at the receivers or after the data."""
    for answer, is_permanent in (("550 no such box", True), ("451 later", False)):
        sink, port = serve()
        sink.refused = dict.fromkeys(TO, answer)
        with pytest.raises(MailError) as caught:
            send(RAW, TO, settings(port))
        assert caught.value.is_permanent is is_permanent
        sink.refused, sink.answer = {}, answer
        with pytest.raises(MailError) as caught:
            send(RAW, TO, settings(port))
        assert caught.value.is_permanent is is_permanent


def test_a_partial_refusal_names_who_was_left_out(serve: Callable[..., tuple[Sink, int]]) -> None:
    """The others have the mail, so only who was put off is tried again; a refusal for good is named and ends it."""
    sink, port = serve()
    sink.refused = {TO[1]: "550 no such box"}
    with pytest.raises(MailError, match=r"b@b\.example \(550\)") as caught:
        send(RAW, TO, settings(port))
    assert caught.value.is_permanent and len(sink.taken) == 1
    sink.refused = {TO[1]: "451 later"}
    with pytest.raises(MailError) as caught:
        send(RAW, TO, settings(port))
    assert (caught.value.is_permanent, caught.value.receivers) == (False, (TO[1],))


def test_a_server_that_is_down_or_hangs_up_is_passing_trouble() -> None:
    """Refused connections and dropped ones come again."""
    with pytest.raises(MailError) as caught:
        send(RAW, TO, settings(free_port()))
    assert not caught.value.is_permanent
    with socket.create_server(("127.0.0.1", 0)) as listener:
        rude = threading.Thread(target=lambda: listener.accept()[0].close())
        rude.start()
        with pytest.raises(MailError) as caught:
            send(RAW, TO, settings(listener.getsockname()[1]))
        rude.join()
    assert not caught.value.is_permanent


def test_starttls_with_a_login(serve: Callable[..., tuple[Sink, int]], certificate: tuple[Path, Path]) -> None:
    """The login goes over TLS only, a wrong password waits for a person, and an unknown certificate is refused."""
    key, cert = certificate
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(cert, key)

    def check(server: Any, session: Any, envelope: Any, mechanism: str, said: Any) -> AuthResult:
        return AuthResult(success=(said.login, said.password) == (b"u", b"right"), handled=False)

    sink, port = serve(tls_context=inside, require_starttls=True, authenticator=check, auth_required=True)
    trust = ssl.create_default_context(cafile=str(cert))
    safe = settings(port, security="starttls", user="u")
    send(RAW, TO, safe, "right", trust)
    assert len(sink.taken) == 1
    with pytest.raises(MailError, match="refuses the login") as caught:
        send(RAW, TO, safe, "wrong", trust)
    assert not caught.value.is_permanent
    with pytest.raises(MailError, match="can't be reached"):
        send(RAW, TO, safe, "right")
    assert len(sink.taken) == 1
