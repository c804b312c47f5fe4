#!/usr/bin/env python3
"""An identity provider and an app that trusts it, each on a port of its own: `provider.py provider PORT` and
`provider.py app PORT PROVIDER_PORT`. The provider keeps a session of its own, so that a visitor who
signs out of the app alone is let in again without a word.
"""
import secrets
import sys
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSWORD = "correct horse 9"
sessions = {}
codes = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    cookie = "sid"

    def log_message(self, *_):
        pass

    def answer(self, status, body="", headers=()):
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def go(self, place, *headers):
        self.answer(303, headers=[("Location", place), *headers])

    def user(self):
        for part in (self.headers.get("Cookie") or "").split(";"):
            name, _, value = part.strip().partition("=")
            if name == self.cookie and value in sessions:
                return sessions[value]
        return None

    def end_session(self):
        for name in [each for each, user in sessions.items() if user == self.user()]:
            del sessions[name]

    def new_session(self, user):
        name = secrets.token_hex(16)
        sessions[name] = user
        return ("Set-Cookie", self.cookie + "=" + name + "; Path=/; HttpOnly")

    def form(self):
        return dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()))


class Provider(Handler):
    cookie = "idp"

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/up":
            self.answer(200, "up")
        elif url.path == "/authorize" and self.user():
            self.send_back(self.user(), query["back"])
        elif url.path == "/authorize":
            self.answer(200, "<!doctype html><title>The provider</title><form method=post action=/authorize><input type=hidden name=back "
                        "value='" + query["back"] + "'><label>Account <input name=login autocomplete=username></label>"
                        "<label>Password <input type=password name=secret></label><button>Continue</button></form>")
        elif url.path == "/code":
            self.answer(200, codes.pop(query.get("code"), ""))
        elif url.path == "/logout":
            self.end_session()
            self.answer(200, "<!doctype html><title>Signed out</title>")
        else:
            self.answer(404)

    def send_back(self, user, back, *headers):
        code = secrets.token_hex(16)
        codes[code] = user
        self.go(back + "?code=" + code, *headers)

    def do_POST(self):
        form = self.form()
        if form.get("secret") == PASSWORD:
            self.send_back(form["login"], form["back"], self.new_session(form["login"]))
        else:
            self.answer(422, "<!doctype html><title>The provider</title><p role=alert>Wrong password</p>")


class App(Handler):
    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        home = "http://127.0.0.1:%s" % sys.argv[2]
        provider = "http://localhost:%s" % sys.argv[3]
        if url.path == "/up":
            self.answer(200, "up")
        elif url.path == "/home" and self.user():
            self.answer(200, "<!doctype html><title>Home</title><p data-user>%s</p>"
                        "<form method=post action=/leave><button>Sign out</button></form>" % self.user())
        elif url.path in ("/home", "/login"):
            self.go(provider + "/authorize?back=" + urllib.parse.quote(home + "/callback", safe=""))
        elif url.path == "/callback":
            code = dict(urllib.parse.parse_qsl(url.query)).get("code", "")
            with urllib.request.urlopen("http://127.0.0.1:%s/code?code=%s" % (sys.argv[3], code)) as answer:
                user = answer.read().decode()
            if user:
                self.go("/home", self.new_session(user))
            else:
                self.answer(403, "<!doctype html><title>No</title>")
        elif url.path == "/leave-both":
            self.end_session()
            self.go(provider + "/logout")
        elif url.path == "/bye":
            self.answer(200, "<!doctype html><title>Bye</title>")
        else:
            self.answer(404)

    def do_POST(self):
        self.form()
        self.end_session()
        self.go("/bye")


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Provider if sys.argv[1] == "provider" else App).serve_forever()
