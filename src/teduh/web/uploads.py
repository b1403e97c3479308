"""Uploads stay in memory: a file that is too large is dropped and named, the rest is kept."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

FILE_LIMIT = 10 * 1024 * 1024  # bytes of one file without script (issue: 10 MB)
FORM_LIMIT = 4 * FILE_LIMIT  # bytes of all files of one form; four large ones at once


class MemoryOnly(FileUploadHandler):
    """Keeps each upload in memory, never in a temporary file (sealing.md 8)."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.total = 0
        self.body = BytesIO()
        self.size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start the next file; one that says beforehand it is too large is not read."""
        super().new_file(*args, **kwargs)
        self.body = BytesIO()
        self.size = 0
        if self.content_length and self.content_length > FILE_LIMIT:
            self._refuse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take one chunk, or drop the file when it or the whole form grows too large."""
        self.size += len(raw_data)
        self.total += len(raw_data)
        if self.size > FILE_LIMIT or self.total > FORM_LIMIT:
            self._refuse()
        self.body.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file that arrived whole."""
        self.body.seek(0)
        return InMemoryUploadedFile(
            file=self.body,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def _refuse(self) -> None:
        self.body = BytesIO()
        refused = getattr(self.request, "refused_files", [])
        self.request.refused_files = [*refused, (self.file_name, "big")]
        raise SkipFile
