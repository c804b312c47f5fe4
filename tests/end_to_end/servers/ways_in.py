#!/usr/bin/env python3
"""An app that people enter in several ways: the name first and the password on a page of its own, then consent; or by a
token of its API. Whoever is not signed in is sent to the page that asks for the name.

Usage: ways_in.py PORT
"""
import json
import secrets
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSWORD = "correct horse 9"
TOKEN = "tok-" + secrets.token_hex(16)
sessions = {}
consented = set()

NAME_FIRST = """<!doctype html><title>Sign in</title><form method=post action=/login/name>
<label>E-mail <input name=login autocomplete=username></label><button>Next</button></form>"""
PASSWORD_NEXT = """<!doctype html><title>Password</title><form method=post action=/login/password>%s
<label>Password <input type=password name=secret></label><button>Sign in</button></form>"""
CONSENT = """<!doctype html><title>Grant access</title><form method=post action=/consent><button>Allow</button></form>"""
ONE = """<!doctype html><title>Shop</title>%s<form method=post action=/one/in><label>E-mail <input name=login></label>
<label>Password <input type=password name=secret></label><button>Sign in</button></form>"""
SHELL = """<!doctype html><title>Shop</title><script type=module src=/app.js></script><div id=root></div>"""
HOME = """<!doctype html><title>Home</title><p data-user>%s</p><form method=post action=/leave><button>Sign out</button></form>"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body="", headers=(), kind="text/html"):
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def go(self, place):
        self.answer(303, headers=[("Location", place)])

    def session(self):
        for part in (self.headers.get("Cookie") or "").split(";"):
            name, _, value = part.strip().partition("=")
            if name == "sid" and value in sessions:
                return sessions[value]
        return None

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        session = self.session() or {}
        if path == "/":
            self.answer(200, "<!doctype html><title>Welcome</title>")
        elif path == "/login":
            name = secrets.token_hex(16)
            sessions[name] = {}
            self.answer(200, NAME_FIRST, [("Set-Cookie", "sid=" + name + "; Path=/; HttpOnly")])
        elif path == "/login/password":
            self.answer(200, PASSWORD_NEXT % "")
        elif path == "/consent":
            self.answer(200, CONSENT)
        elif path == "/home":
            if session.get("in"):
                self.answer(200, HOME % session["name"])
            else:
                self.go("/consent" if session.get("known") else "/login")
        elif path in ("/one", "/one/in"):
            self.answer(200, ONE % ("<p data-user>%s</p>" % session["name"] if session.get("in") else ""))
        elif path == "/shell":
            self.answer(200, SHELL)
        elif path == "/api/me":
            if self.headers.get("Authorization") == "Bearer " + TOKEN:
                self.answer(200, json.dumps({"user": "ada"}), kind="application/json")
            else:
                self.answer(401, "{}", kind="application/json")
        else:
            self.answer(404, "<!doctype html><title>Not here</title>")

    def do_POST(self):
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        form = dict(urllib.parse.parse_qsl(content))
        session = self.session()
        if self.path == "/api/session":
            given = json.loads(content)
            if given.get("password") == PASSWORD:
                self.answer(201, json.dumps({"access_token": TOKEN}), kind="application/json")
            else:
                self.answer(401, "{}", kind="application/json")
        elif self.path == "/api/order":
            self.answer(419, '{"message": "CSRF token mismatch."}', kind="application/json")
        elif self.path == "/one/in" and form.get("secret") == PASSWORD:
            name = secrets.token_hex(16)
            sessions[name] = {"in": True, "name": form["login"]}
            self.answer(200, ONE % ("<p data-user>%s</p>" % form["login"]), [("Set-Cookie", "sid=" + name + "; Path=/; HttpOnly")])
        elif self.path == "/one/in":
            self.do_GET()
        elif session is None:
            self.go("/login")
        elif self.path == "/login/name":
            session["name"] = form.get("login", "")
            self.go("/login/password")
        elif self.path == "/login/password":
            if form.get("secret") != PASSWORD:
                self.answer(422, PASSWORD_NEXT % "<p role=alert>Wrong password</p>")
                return
            session["known"] = True
            session["in"] = session["name"] in consented
            self.go("/home")
        elif self.path == "/consent":
            consented.add(session.get("name"))
            session["in"] = True
            self.go("/home")
        elif self.path == "/leave":
            session.clear()
            self.go("/login")
        else:
            self.answer(404)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
