"""An app that runs on its own and writes to a log.

    log_writer.py LOG

Listens on a free port of 127.0.0.1, which is its first line. Each request but that for / is logged after it was
answered. /rotate first renames the log and begins another, /truncate empties it, and /vanish removes it.
"""
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

PATH = sys.argv[1]
PAGE = b"<!doctype html><title>Log</title><p>Something"
log = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        global log
        if log is None:
            log = open(PATH, "a", buffering=1)  # of a pipe: once somebody reads it
        if self.path == "/rotate":
            os.rename(PATH, PATH + ".1")
            log.write("the last line of the old log\n")
            log = open(PATH, "a", buffering=1)
        if self.path == "/truncate":
            os.truncate(PATH, 0)
        if self.path == "/vanish":
            os.remove(PATH)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)
        if self.path != "/":
            log.write(f"served {self.path}\n")

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
