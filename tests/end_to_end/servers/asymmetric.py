"""An app that is quiet about a fault of its sign-in, and answers other requests well or badly in the way that MODE names.

    asymmetric.py PORT MODE

Listens on 127.0.0.1 and notes every request in requests.txt, a sign-in with the name it was for.
"""
import os
import sys
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

accounts = {"ada@example.com": "correct horse 9", "grace@example.com": "battery staple 7"}
mode = sys.argv[2]
notes = open("requests.txt", "a", buffering=1)
form = (
    '<link rel="stylesheet" href="style.css"><form method="post"><label>Email <input name="email"></label>'
    '<label>Password <input name="password" type="password"></label><button>Sign in</button></form>'
)


def ending(name, password):
    """How a sign-in ends: "in", "refused", "broken" or "silent"."""
    known = name in accounts
    right = known and password == accounts[name]
    if mode == "behind-the-check":
        return "broken" if right else "refused"
    if mode == "stored-password":
        return "broken" if known else "refused"
    if mode == "lookup":
        return "broken"
    if mode == "one-account":
        return "in" if right and name != "ada@example.com" else "refused"
    if mode == "every-account":
        return "refused"
    if mode == "any-password":
        return "broken" if right else "in"
    if mode == "hangs":
        return "broken" if right else "silent"
    return "in" if right and mode != "open" else "refused"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536

    def log_message(self, *_):
        pass

    def answer(self, body, status=200, headers=()):
        content = f"<!doctype html><title>{status}</title><body>{body}".encode()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        notes.write(f"GET {self.path}\n")
        if self.path == "/login":
            self.answer(form)
        elif self.path == "/dashboard" and (mode == "open" or "sid=member" in self.headers.get("Cookie", "")):
            self.answer("<p data-user>Welcome</p>")
        elif self.path == "/dashboard":
            self.answer("", 302, [("Location", "/login")])
        else:
            self.answer("Here")

    def do_POST(self):
        fields = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        name, password = fields.get("email", [""])[0], fields.get("password", [""])[0]
        known = "nobody" if name not in accounts else name
        right = password == accounts.get(name)
        notes.write(f"POST {self.path} {known} {'right' if right else 'wrong'}\n")
        end = ending(name, password)
        if end == "in":
            self.answer("", 303, [("Location", "/dashboard"), ("Set-Cookie", "sid=member")])
        elif end == "refused":
            self.answer("<p role=alert>Wrong e-mail or password</p>" + form, 401)
        elif end == "silent":
            if os.path.exists("silent"):
                with open("silent", "w") as marker:
                    marker.write("silent\n")
            time.sleep(600)
        else:
            self.answer("Sorry", 500)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
