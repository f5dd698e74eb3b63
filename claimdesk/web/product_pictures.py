"""Pictures of products as both doors send them. What stands at such an address never changes."""

from pathlib import PurePath

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

KINDS = {".jpg": "image/jpeg", ".webp": "image/webp"}
# A phone asks for it once; who may see it is asked anew by whoever has not got it yet.
HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
}


def sent_picture(file: FieldFile) -> HttpResponseBase:
    """Answer with a picture that the house drew itself. Raises: Http404, where it is not kept."""
    name = file.name or ""
    if not name or not default_storage.exists(name):
        raise Http404
    return FileResponse(file.open(), content_type=KINDS[PurePath(name).suffix], headers=HEADERS)
