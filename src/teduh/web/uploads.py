"""Uploads stay in memory: a file that is too large is dropped and named, the rest is kept."""

import threading
import weakref
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from teduh.lib import store

FILE_LIMIT = 10 * 1024 * 1024  # bytes of one file without script (issue: 10 MB)
FORM_LIMIT = 2 * FILE_LIMIT  # bytes of all files of one form
MOST_FILES = 100  # of one form; more are left out together, under the name of the first of them
LARGE = 1024 * 1024  # bytes; a body from here on takes one of the places
LARGE_AT_ONCE = 4  # large bodies a process reads at the same time (sealing.md 8)
_places = threading.BoundedSemaphore(LARGE_AT_ONCE)


class MemoryOnly(FileUploadHandler):
    """Keeps each upload in memory, never in a temporary file (sealing.md 8).

    Files left out are named in `request.refused_files`: pairs of file name and reason, `big`,
    `busy`, `full`, `many` or `empty`. The text of the form always comes in.
    """

    request: Any

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Before anything is read: take a place for a large body, or none of its files."""
        length = int(self.request.META.get("CONTENT_LENGTH") or 0)
        self.total, self.count, self.body = 0, 0, BytesIO()
        self.request.refused_files = []
        self.full = length > store.room()
        self.busy = length > LARGE and not _places.acquire(blocking=False)
        if length > LARGE and not self.busy:
            self.leave = weakref.finalize(self, _places.release)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start the next file; one that says beforehand it is too large is not read."""
        super().new_file(*args, **kwargs)
        self.body, self.count = BytesIO(), self.count + 1
        if self.count > MOST_FILES + 1:
            raise SkipFile
        if self.count > MOST_FILES:
            self._refuse("many")
        if self.full:
            self._refuse("full")
        if self.busy:
            self._refuse("busy")
        if self.content_length and self.content_length > FILE_LIMIT:
            self._refuse("big")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take one chunk, or drop the file when it or the whole form grows too large."""
        size = self.body.tell() + len(raw_data)
        if size > FILE_LIMIT or self.total + size > FORM_LIMIT:
            self._refuse("big")
        self.body.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file that arrived whole; one with nothing in it is left out."""
        if not file_size:
            self.request.refused_files.append((self.file_name or "", "empty"))
            return None
        self.total += file_size
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

    def upload_complete(self) -> None:
        """The body is read: somebody else may have the place."""
        self._give_back()

    def upload_interrupted(self) -> None:
        """The line dropped."""
        self._give_back()

    def _refuse(self, reason: str) -> None:
        self.body = BytesIO()
        self.request.refused_files.append((self.file_name or "", reason))
        raise SkipFile

    def _give_back(self) -> None:
        leave = getattr(self, "leave", None)
        if leave:
            leave()
