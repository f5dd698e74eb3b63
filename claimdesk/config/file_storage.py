"""Where files lie: a folder of this machine, or a bucket of S3 or what speaks like it."""

from importlib.util import find_spec
from urllib.parse import parse_qs, unquote, urlsplit

from claimdesk.config.configuration import ConfigurationError

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
EXAMPLE = "s3://KEY:SECRET@s3.eu-central-1.amazonaws.com/bucket?region=eu-central-1"


def storage_settings(url: str) -> dict[str, object]:
    """Return Django's settings of the storage at `url`, by default the folder of files. Raises: ConfigurationError."""
    if not url:
        return dict(FOLDER)
    options = bucket_options(url)
    if find_spec("storages") is None:
        raise ConfigurationError("CLAIMDESK_STORAGE_URL needs packages more: pip install 'claimdesk[s3]'")
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def bucket_options(url: str) -> dict[str, object]:
    """Return how a bucket is reached. Nothing in it is public: whoever wants a file asks us.

    `s3+http` is for a server on the same machine. Raises: ConfigurationError.
    """
    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    if parts.scheme not in ("s3", "s3+http") or not parts.hostname or not bucket or "/" in bucket:
        raise ConfigurationError(f"CLAIMDESK_STORAGE_URL must be like {EXAMPLE}")
    asked = parse_qs(parts.query)
    secure = parts.scheme == "s3"
    return {
        "bucket_name": bucket,
        "endpoint_url": f"{'https' if secure else 'http'}://{parts.netloc.rpartition('@')[2]}",
        "region_name": asked.get("region", [None])[-1],
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "addressing_style": asked.get("style", ["path"])[-1],
        "signature_version": "s3v4",
        "default_acl": None,
        "file_overwrite": False,
    }
