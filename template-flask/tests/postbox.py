"""Fixtures for tests that need a real SMTP server."""

from collections.abc import Iterator
from email import message_from_bytes
from email import policy
from email.message import EmailMessage
from socket import create_server

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from aiosmtpd.smtp import Envelope
from aiosmtpd.smtp import Session


class Handler:
    """Keeps what arrives, and for whom it is."""

    def __init__(self, mails: list[EmailMessage]) -> None:
        self.mails = mails

    async def handle_RCPT(  # noqa: N802
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return f"550 5.1.1 <{address}> is unknown here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        mail["X-RcptTo"] = ", ".join(envelope.rcpt_tos)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def mails() -> list[EmailMessage]:
    """What has arrived."""
    return []


@pytest.fixture
def mail_server(mails: list[EmailMessage]) -> Iterator[dict[str, object]]:
    """Start the server, and say which settings lead there."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Handler(mails), hostname="127.0.0.1", port=port)
    controller.start()
    yield {
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": port,
        "MAIL_USE_TLS": False,
        "MAIL_DEFAULT_SENDER": "Größe & Co <notes@example.com>",
        "PUBLIC_URL": "https://notes.example.com",
    }
    controller.stop()
