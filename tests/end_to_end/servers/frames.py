#!/usr/bin/env python3
"""A portal that has its sign-in in a frame: /portal frames /inner of its own origin, /apart frames the same by another
name of this machine, which is another site. /set is a page of frames.

Usage: frames.py PORT
"""
import secrets
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = sys.argv[1]
sessions = set()
FORM = ("<!doctype html><title>Inner</title><form method=post action=/inner><label>Email <input name=email></label>"
        "<label>Password <input name=password type=password></label><button>Sign in</button></form>")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body="", *headers):
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def signed_in(self):
        return any(part.strip().removeprefix("sid=") in sessions for part in (self.headers.get("Cookie") or "").split(";"))

    def do_GET(self):
        if self.path == "/portal":
            self.answer(200, "<!doctype html><title>Portal</title><h1>Portal</h1><iframe name=login src=/inner></iframe>")
        elif self.path == "/apart":
            self.answer(200, "<!doctype html><title>Apart</title><iframe src=http://localhost:%s/inner></iframe>" % PORT)
        elif self.path == "/set":
            self.answer(200, "<title>Set</title><frameset cols='20%,*'><frame src=/nav><frame src=/inner></frameset>")
        elif self.path == "/closed":
            self.answer(200, "<!doctype html><title>Closed</title><iframe src=/kept></iframe>")
        elif self.path == "/kept":
            self.answer(200, FORM, ("X-Frame-Options", "DENY"))
        elif self.path == "/inner":
            self.answer(200, "<!doctype html><title>Inner</title><p data-user>Ada</p>" if self.signed_in() else FORM)
        else:
            self.answer(200, "<!doctype html><title>Other</title>")

    def do_POST(self):
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()))
        if form.get("password") != "correct horse 9":
            return self.answer(422, FORM + "<p role=alert>Wrong password")
        name = secrets.token_hex(16)
        sessions.add(name)
        self.answer(303, "", ("Location", "/inner"), ("Set-Cookie", "sid=" + name + "; Path=/; HttpOnly; SameSite=Lax"))


ThreadingHTTPServer(("127.0.0.1", int(PORT)), Handler).serve_forever()
