"""The offices of the walks leave nothing running."""

import socket
import sys
import time

import pytest

from tests.support.server import READY, office

# As granian is on a busy machine: what listens outlives who was told to end, and hears nothing.
STUBBORN = f"""
import os, signal, socket, sys
port = int(sys.argv[sys.argv.index("--port") + 1])
listening = socket.create_server(("127.0.0.1", port))
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        signal.pause()
print("{READY}http://127.0.0.1:%d" % port, flush=True)
signal.pause()
"""
PATIENCE = 10  # seconds: a process that was killed is gone at once, however busy the machine is


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


@pytest.mark.enable_socket
def test_an_office_that_ended_leaves_no_process_behind() -> None:
    with office(command=(sys.executable, "-c", STUBBORN)) as one:
        port = int(one.url.rpartition(":")[2])
        assert listens(port)
    last = time.monotonic() + PATIENCE
    while listens(port) and time.monotonic() < last:
        time.sleep(0.02)
    assert not listens(port)
