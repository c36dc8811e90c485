"""E-mail: `send` uses the SMTP server `MAIL_SERVER`, or in development the log."""

import smtplib
from ssl import create_default_context

import flask_mail
import structlog
from flask import Flask
from flask import current_app
from flask import request
from pydantic import Field
from werkzeug.exceptions import ServiceUnavailable

from . import settings

NEEDED = {
    "MAIL_SERVER": "the host of the mail server",
    "MAIL_DEFAULT_SENDER": "the address of the sender",
    "PUBLIC_URL": "the URL of the app, as in https://notes.example.com",
}
TIMEOUT = 10  # seconds

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Settings(settings.Settings):
    mail_server: str = ""
    mail_port: int = Field(default=587, gt=0, lt=2**16)
    mail_use_tls: bool = True
    mail_use_ssl: bool = False
    mail_username: str = ""
    mail_password: str = Field(default="", repr=False)
    mail_default_sender: str = ""
    public_url: str = Field(default="", pattern=r"^(https?://[^/\s]+)?$")


class Connection(flask_mail.Connection):
    """An SMTP connection with a timeout and checked certificates, which Flask-Mail's lacks."""

    def configure_host(self) -> smtplib.SMTP:
        where = (self.mail.server, self.mail.port or 0)
        safe = create_default_context()
        if self.mail.use_ssl:
            host: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=TIMEOUT, context=safe)
        else:
            host = smtplib.SMTP(*where, timeout=TIMEOUT)
        try:
            if self.mail.use_tls and not self.mail.use_ssl:
                host.starttls(context=safe)
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
        except OSError:
            host.close()
            raise
        return host


def init_app(app: Flask) -> None:
    """Refuse to start in production without a mail server, a sender and a public URL."""
    settings.load(app, Settings)
    for name, what in NEEDED.items():
        if not (app.config[name] or app.testing):
            settings.require(app, f"Set {name} to {what}.")
    app.config["MAIL_SUPPRESS_SEND"] = False
    flask_mail.Mail(app)


def link(path: str) -> str:
    """Make a link for an e-mail, with `PUBLIC_URL`: the Host header of a request can be forged."""
    return (current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")) + path


def send(to: str | tuple[str, str], subject: str, text: str) -> None:
    """Send a plain-text e-mail; raises ServiceUnavailable (503) if that fails.

    `to` is an address, or a pair of name and address.
    """
    if not current_app.config["MAIL_SERVER"]:
        log.info("mail", to=to, subject=subject, text=text)
        return
    message = flask_mail.Message(subject, [to], text)
    try:
        with Connection(current_app.extensions["mail"]) as connection:
            connection.send(message)
    except OSError as error:  # SMTPException is a subclass
        log.error("mail was not sent", reason=reason(error))  # noqa: TRY400
        raise ServiceUnavailable("No e-mail can be sent at the moment. Try again later.") from error


def reason(error: OSError) -> str:
    """Describe the error without the server's text, which may contain the recipient."""
    if not isinstance(error, smtplib.SMTPException):
        return str(error)
    refusals = getattr(error, "recipients", {}).values()
    codes = [code for code, _ in refusals] or [getattr(error, "smtp_code", "")]
    return " ".join(map(str, [type(error).__name__, *codes]))
