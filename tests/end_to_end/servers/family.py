"""An app with a family: a child, a grandchild, and one more that left for a session of its own.

    family.py PORT

Writes its processes' ids to the FIFO that FAMILY names as soon as /slow is asked for, which it never answers; and
"terminated" when it is asked to end and STUBBORN says that it will not.
"""
import os
import signal
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import sys

fifo = os.open(os.environ["FAMILY"], os.O_WRONLY)


def tell(line):
    os.write(fifo, line.encode() + b"\n")


if os.environ.get("STUBBORN"):
    signal.signal(signal.SIGTERM, lambda *_: tell("terminated"))

shell = subprocess.Popen(["sh", "-c", "sleep 1000 & echo $!; wait"], stdout=subprocess.PIPE)
grandchild = int(shell.stdout.readline())
# Its parent ends at once: nothing but the guard knows it any more.
detached = int(subprocess.check_output(["sh", "-c", "setsid sleep 1000 >/dev/null & echo $!"]))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/slow":
            tell(f"{os.getpid()} {shell.pid} {grandchild} {detached}")
            self.rfile.read()  # until the client leaves
            return
        body = b"<!doctype html><title>Ready</title><p>Welcome"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        print(self.command, self.path, flush=True)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
