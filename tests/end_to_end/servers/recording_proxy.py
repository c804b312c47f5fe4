"""A proxy that keeps what passes through it, and what the process list shows meanwhile.

    recording_proxy.py EXCHANGES PROCESSES

Listens on a free port of 127.0.0.1 and prints it. Requests and responses go to the file EXCHANGES as they are, the
command lines of all processes to PROCESSES whenever a form is sent.
"""
import glob
import http.client
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

exchanges = open(sys.argv[1], "ab", buffering=0)
processes = open(sys.argv[2], "ab", buffering=0)
lock = threading.Lock()


def head(first, headers):
    return "\r\n".join([first, *(f"{name}: {value}" for name, value in headers), "", ""]).encode("latin-1")


def look_at_processes():
    for name in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(name, "rb") as file:
                processes.write(file.read().replace(b"\0", b" ") + b"\n")
        except OSError:
            pass  # it has ended


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self):
        url = urllib.parse.urlsplit(self.path)
        target = url.path + ("?" + url.query if url.query else "")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with lock:
            exchanges.write(head(f"{self.command} {target} HTTP/1.1", self.headers.items()) + body + b"\n\n")
            if self.command == "POST":
                look_at_processes()
        app = http.client.HTTPConnection(url.hostname, url.port)
        try:
            app.putrequest(self.command, target, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in ("connection", "proxy-connection"):
                    app.putheader(name, value.encode("latin-1"))
            app.endheaders(body)
            response = app.getresponse()
            answer = response.read()
        except OSError:
            self.send_error(502)
            return
        finally:
            app.close()
        headers = [(n, v) for n, v in response.getheaders() if n.lower() not in ("connection", "transfer-encoding")]
        if "content-length" not in (name.lower() for name, _ in headers):
            headers.append(("Content-Length", str(len(answer))))
        whole = head(f"HTTP/1.1 {response.status} {response.reason}", headers) + answer
        with lock:
            exchanges.write(whole + b"\n\n")
        self.wfile.write(whole)

    do_GET = do_HEAD = do_POST = forward

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
