"""An app whose sign-in breaks in one of several ways.

    apart.py PORT MODE

Its people are in people.db. MODE is "healthy", "query" (a query names a column that is not there, and the page says
only that something failed), "refused" (every password is wrong), "cookie" (no browser keeps the session's cookie),
"tokenless" (the answer to the form has the form without its token) or "formless" (the sign-in page has lost its form).
"""
import http.server
import os
import sqlite3
import sys
import urllib.parse

PORT, MODE = int(sys.argv[1]), sys.argv[2]
LANDING = os.environ.get("LANDING", "/dashboard")
FORM = """<form method="post" action="/login">{token}<label>Name <input name="name"></label>
<label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""
TOKEN = '<input type="hidden" name="token" value="tk-8264951703">'


def people():
    with sqlite3.connect("people.db") as database:
        database.execute("create table if not exists people (name text primary key, password_hash text)")
        database.execute("insert or replace into people values ('ada', 'correct horse 9')")


def password_of(name):
    column = "pasword_hash" if MODE == "query" else "password_hash"
    with sqlite3.connect("people.db") as database:
        row = database.execute(f"select {column} from people where name = ?", (name,)).fetchone()
    return row and row[0]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body="", headers=()):
        data = f"<!doctype html><html lang=en><title>Plots</title><body>{body}".encode()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def form(self, words="", token=TOKEN):
        self.answer(200, f"<h1>Sign in</h1>{words and f'<p class=error role=alert>{words}</p>'}{FORM.format(token=token)}")

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        if path == "/login" and MODE == "formless":
            self.answer(200, "<h1>Sign in</h1><p>Welcome to the plots.</p>")
        elif path == "/login":
            self.form()
        elif path == "/dashboard" and "sid=s1" in self.headers.get("Cookie", ""):
            self.answer(200, "<h1>Your plots</h1><p data-user>ada</p>")
        elif path == "/dashboard":
            self.answer(302, "", [("Location", "/login")])
        else:
            self.answer(200 if path == "/" else 404, "<h1>The plots</h1>")

    def do_POST(self):
        sent = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        try:
            stored = password_of(sent["name"][0])
        except sqlite3.OperationalError as error:
            print(f"sqlite3.OperationalError: {error}", flush=True)
            return self.form("Something failed. The log says more.")
        if MODE == "tokenless":
            return self.form(token="")
        if MODE == "refused" or stored != sent["password"][0]:
            return self.form("Wrong name or password")
        flags = "Domain=plots.example; " if MODE == "cookie" else ""
        return self.answer(303, "", [("Set-Cookie", f"sid=s1; {flags}Path=/; HttpOnly"), ("Location", LANDING)])

    def log_message(self, *_):
        pass


people()
http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
