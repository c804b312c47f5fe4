#!/usr/bin/env python3
"""An app that is entered by what requests carry: Basic and Digest authentication, a bearer token, a header, a cookie. With
--gate, everything stands behind Basic, as staging servers do. A nonce of Digest is good for two requests.

Usage: credentials.py PORT [--gate]
"""
import base64
import hashlib
import json
import os
import re
import secrets
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = sys.argv[1]
USER, PASSWORD = "ada@example.com", os.environ.get("ADA_PASSWORD", "sword-fish-4711")
TOKEN = "tok-" + secrets.token_hex(16)
BASIC = "Basic " + base64.b64encode((USER + ":" + PASSWORD).encode()).decode()
HASHES = {"MD5": "md5", "SHA-256": "sha256"}
nonces = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        print(self.command, self.path, self.headers.get("Authorization", ""), flush=True)

    def answer(self, status, body="", headers=(), kind="text/html"):
        self.log_message()
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def home(self):
        self.answer(200, "<!doctype html><title>Home</title><p data-user>Ada</p><a href=more>More</a>")

    def digest(self, algorithm):
        def h(text):
            return hashlib.new(HASHES[algorithm], text.encode()).hexdigest()

        given = dict(re.findall(r'(\w+)="?([^",]+)"?', self.headers.get("Authorization", "")))
        nonce = given.get("nonce")
        a1 = h(USER + ":digest:" + PASSWORD)
        a2 = h(self.command + ":" + self.path)
        right = h(":".join([a1, nonce or "", given.get("nc", ""), given.get("cnonce", ""), "auth", a2]))
        if given.get("response") == right and given.get("uri") == self.path and nonces.get(nonce, 0) > 0:
            nonces[nonce] -= 1
            return True
        fresh = secrets.token_hex(16)
        nonces[fresh] = 2
        stale = ", stale=true" if given.get("response") == right else ""
        self.answer(401, "<!doctype html><title>Who are you?</title>", [
            ("WWW-Authenticate", 'Basic realm="weaker"'),
            ("WWW-Authenticate", 'Digest realm="digest", qop="auth", algorithm=%s, nonce="%s"%s' % (algorithm, fresh, stale))])
        return False

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        authorization = self.headers.get("Authorization", "")
        if "--gate" in sys.argv and authorization != BASIC:
            self.answer(401, "<!doctype html><title>Staging</title>", [("WWW-Authenticate", 'Basic realm="staging"')])
        elif path == "/":
            self.answer(200, "<!doctype html><title>Welcome</title>")
        elif path.startswith("/basic/"):
            if authorization == BASIC:
                self.home()
            else:
                self.answer(401, "<!doctype html><title>Who are you?</title>", [("WWW-Authenticate", 'Basic realm="basic"')])
        elif path.startswith("/digest/"):
            if self.digest(path.split("/")[2]):
                self.home()
        elif path == "/away":
            self.answer(302, headers=[("Location", "http://localhost:%s/seen" % PORT)])
        elif path == "/seen":
            seen = {name: self.headers.get(name, "") for name in ("Authorization", "X-Key", "Cookie")}
            self.answer(200, json.dumps(seen), kind="application/json")
        elif path == "/home":
            if authorization == "Bearer " + TOKEN or "token=" + TOKEN in self.headers.get("Cookie", "") \
                    or self.headers.get("X-Remote-User") == USER or authorization == BASIC:
                self.home()
            else:
                self.answer(401, "<!doctype html><title>Who are you?</title>")
        else:
            self.answer(404)

    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        if given == {"email": USER, "password": PASSWORD}:
            self.answer(201, json.dumps({"access_token": TOKEN}), kind="application/json")
        else:
            self.answer(401, "{}", kind="application/json")


ThreadingHTTPServer(("127.0.0.1", int(PORT)), Handler).serve_forever()
