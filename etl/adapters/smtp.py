"""A real mail server: plain, STARTTLS or TLS, with or without a login."""

from __future__ import annotations

import smtplib
import ssl
from email.utils import parseaddr

from etl.errors import MailError
from etl.ports import Letter
from etl.spec.settings import MailSettings


class SmtpMail:
    """Hands letters in at the server of the settings. `trust` replaces the system's certificates, for a server with one of its own."""

    def __init__(self, settings: MailSettings, trust: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._trust = trust

    def send(self, letter: Letter) -> None:
        """Hand in the bytes as they are. Returns once the server has accepted them for every receiver; raises MailError.

        A server may refuse some of the receivers and take the others: the error then names those who are still to get it (4xx), and is
        permanent where there are none, since sending again would reach the others twice.
        """
        send(letter.raw, letter.receivers, self._settings, self._settings.password(), self._trust)


def send(
    raw: bytes, receivers: tuple[str, ...], settings: MailSettings, password: str | None = None, trust: ssl.SSLContext | None = None
) -> None:
    """One exchange with the server. Raises MailError, whose `is_permanent` tells a refusal for good from a passing trouble."""
    place = f"{settings.host}:{settings.port}"
    try:
        refused = _exchange(raw, receivers, settings, password, trust)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise MailError(f"{place} takes mail for none of {', '.join(receivers)}", is_permanent=all(c >= 500 for c in codes)) from error
    except smtplib.SMTPAuthenticationError as error:  # a wrong password is put right by a person; the mail waits for it
        raise MailError(f"{place} refuses the login of {settings.user}: {error.smtp_code}") from error
    except smtplib.SMTPResponseException as error:
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
        is_refusal = 500 <= error.smtp_code < 600 and not isinstance(error, smtplib.SMTPConnectError)
        raise MailError(f"{place} answers {error.smtp_code} {said}", is_permanent=is_refusal) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(f"{place} can't be reached: {error or type(error).__name__}") from error
    if refused:
        names = ", ".join(f"{who} ({code})" for who, (code, _) in sorted(refused.items()))
        waiting = tuple(sorted(who for who, (code, _) in refused.items() if code < 500))
        raise MailError(f"{place} took the mail, but not for {names}", is_permanent=not waiting, receivers=waiting)


def _exchange(
    raw: bytes, receivers: tuple[str, ...], settings: MailSettings, password: str | None, trust: ssl.SSLContext | None
) -> dict[str, tuple[int, bytes]]:
    sender = parseaddr(settings.sender)[1]
    context = trust or ssl.create_default_context()
    server: smtplib.SMTP
    if settings.security == "tls":
        server = smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.deadline_s, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=settings.deadline_s)
    try:
        if settings.security == "starttls":
            server.starttls(context=context)
        if settings.user and password is not None:
            server.login(settings.user, password)
        refused = server.sendmail(sender, list(receivers), raw)
    except BaseException:
        server.close()
        raise
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()  # the mail was accepted before: a clumsy goodbye doesn't undo it
    return refused
