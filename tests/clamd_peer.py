"""A small daemon that speaks clamd's INSTREAM: chunks with a length of 4 bytes, ended by one of length 0."""

import socketserver
import struct
import threading
from typing import Any

INFECTED = b"VIRUS"


class ClamdPeer(socketserver.ThreadingTCPServer):
    """Finds "VIRUS" in what it is sent; `answers` replaces its verdict."""

    daemon_threads = True
    answer = b""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.scanned = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def place(self) -> str:
        """Return what CYBERCARE_CLAMD says."""
        return "{}:{}".format(*self.server_address[:2])


class _Session(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        assert self.rfile.readline() == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.scanned += len(content)
        verdict = b"stream: Test-Signature FOUND" if INFECTED in content else b"stream: OK"
        self.wfile.write((self.server.answer or verdict) + b"\n")
