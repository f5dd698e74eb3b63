"""Where files lie, as the administrator says."""

import pytest

from claimdesk.config.configuration import ConfigurationError
from claimdesk.config.file_storage import FOLDER, bucket_options, storage_settings


def test_without_an_address_files_lie_in_the_data_folder():  # F3
    assert storage_settings("") == FOLDER


@pytest.mark.parametrize(
    "url", ["ftp://host/bucket", "s3://host", "s3:///bucket", "s3://host/a/b", "/mnt/files"]
)
def test_an_address_that_is_no_bucket_is_refused(url):  # F3
    with pytest.raises(ConfigurationError, match="CLAIMDESK_STORAGE_URL must be like s3://"):
        storage_settings(url)


def test_a_bucket_is_private_and_its_secret_may_hold_any_sign():  # F3
    options = bucket_options("s3://key:a%2Fb%40c@files.example.com:9000/papers?region=eu-west-1")

    assert (options["endpoint_url"], options["bucket_name"]) == ("https://files.example.com:9000", "papers")
    assert (options["access_key"], options["secret_key"]) == ("key", "a/b@c")
    assert (options["region_name"], options["default_acl"]) == ("eu-west-1", None)
