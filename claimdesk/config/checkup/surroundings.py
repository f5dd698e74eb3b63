"""What the house needs around it: a mail server and a place for files."""

import smtplib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from claimdesk.config.checkup.finding import Finding, fail, ok, warn
from claimdesk.customers.matching.dictionaries import NotWords, read_extra
from claimdesk.kernel.clock import now
from claimdesk.mail.smtp import greet
from claimdesk.mail.smtp_url import mail_server


def mail() -> Finding:
    """Whether the mail server takes our sign-in."""
    if not settings.SMTP_URL:
        return warn(
            "mail",
            "no mail server: mails are kept and can be read in the office, nobody receives them",
            "Set CLAIMDESK_SMTP_URL=smtp+starttls://user:password@host:587.",
        )
    try:
        server = mail_server(settings.SMTP_URL)
        greet(server)
    except ValueError as error:
        return fail("mail", "the address cannot be used", str(error))
    except smtplib.SMTPAuthenticationError as error:
        advice = "Correct user and password in CLAIMDESK_SMTP_URL (special characters as %XX)."
        return fail("mail", f"{server} refuses the sign-in ({error.smtp_code})", advice)
    except (smtplib.SMTPException, OSError) as error:
        advice = "Correct CLAIMDESK_SMTP_URL, or see whether a firewall is between."
        return fail("mail", f"{server} cannot be used: {error}", advice)
    if server.scheme == "smtp" and server.user:
        return warn("mail", f"{server} gets the password unguarded", "Use smtp+starttls:// or smtps://.")
    return ok("mail", f"{server} answers")


def storage() -> Finding:
    """Whether files can be written, read and removed."""
    content = b"claimdesk check"
    try:
        name = default_storage.save("check/written.txt", ContentFile(content))
        with default_storage.open(name) as file:
            is_same = file.read() == content
        default_storage.delete(name)
    except Exception as error:
        return fail("storage", str(error), "Give this user the right to write there.")
    if not is_same:
        return fail("storage", "what was written came back changed", "Do not use this storage.")
    return ok("storage", "files can be written, read and removed")


def shared_cache() -> Finding:
    """Whether what one process keeps for all is there for the others."""
    key, value = "claimdesk.check", now().isoformat()
    try:
        cache.set(key, value, timeout=60)
        is_same = cache.get(key) == value
        cache.delete(key)
    except Exception as error:
        return fail("cache", str(error), "Start the Redis that CLAIMDESK_CACHE_URL names, or unset it.")
    if not is_same:
        return fail("cache", "what was kept was not there any more", "Give the cache more memory.")
    return ok("cache", "what is kept can be read again")


def matching_words() -> Iterator[Finding]:
    """Whether the seller's own spellings can be used, if there are any."""
    if not settings.MATCHING_EXTRA_WORDS:
        return
    try:
        found = read_extra(Path(settings.MATCHING_EXTRA_WORDS))
    except NotWords as error:
        yield fail("spellings", str(error), "Correct the file that CLAIMDESK_MATCHING_WORDS names.")
    else:
        yield ok("spellings", f"{sum(map(len, found.values()))} words with spellings of your own")


def unused() -> Iterator[Finding]:
    """Settings that are known but have no effect yet, so that nobody relies on them."""
    if settings.CONFIGURATION.imap_url:
        variable = "CLAIMDESK_IMAP_URL"
        yield warn(variable, "is set, and this version does nothing with it", f"Unset {variable}.")


def files_in_backup() -> Iterator[Finding]:
    """Whether a backup holds the files; those in a bucket it does not."""
    if settings.CONFIGURATION.storage_url:
        advice = "Have the bucket keep versions, or copy it beside every backup."
        yield warn("backup", "files lie in a bucket, which `claimdesk backup` does not copy", advice)
