"""A sign-in whose answers wait until they are released.

    holding.py PORT HELD RELEASED [CERTIFICATE KEY]

GET answers with the form. POST writes its headers and its body to the pipe HELD, and answers once there is a byte in the
pipe RELEASED.
"""
import os
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FORM = b"""<!doctype html><title>Sign in</title><form method="post" action="/login">
<label>Email <input name="email"></label>
<label>Password <input type="password" name="password"></label>
<label>Word <input name="word"></label>
<button>Sign in</button></form>"""

released = os.open(sys.argv[3], os.O_RDWR)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(FORM)))
        self.end_headers()
        self.wfile.write(FORM)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with open(sys.argv[2], "wb") as held:
            held.write(str(self.headers).encode("latin-1") + body)
        os.read(released, 1)
        self.do_GET()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
if len(sys.argv) > 4:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[4], sys.argv[5])
    server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
