"""A mail server on this machine that takes letters, and may refuse whom they are for."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class FakePost:
    """The letters it has taken."""

    url: str = ""
    to_whom: bytes = b"250 well"  # what it says of the one a letter is for
    letters: list[Message] = field(default_factory=list)


class Handler(socketserver.StreamRequestHandler):
    """One conversation."""

    post: FakePost

    def handle(self) -> None:
        self.say(b"220 contoh")
        for line in self.rfile:
            word = line.strip().split(b" ")[0].upper()
            if word == b"RCPT":
                self.say(self.post.to_whom)
            elif word == b"DATA":
                self.say(b"354 go on")
                self.post.letters.append(message_from_bytes(self.letter()))
                self.say(b"250 taken")
            elif word == b"QUIT":
                return self.say(b"221 bye")
            else:
                self.say(b"250 well")
        return None

    def letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


@contextlib.contextmanager
def running() -> Iterator[FakePost]:
    """A mail server on a free port."""
    post = FakePost()
    handler = type("Listening", (Handler,), {"post": post})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        post.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield post
        finally:
            server.shutdown()
