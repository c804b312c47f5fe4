"""An app that writes down what it is sent, in every way there is: on its pages, in headers, cookies, redirects and on
its console. Of the ADA_PASSWORD of its environment it makes a table in echo.db, and shows it as it starts.

    echoing.py PORT
"""
import html
import os
import sqlite3
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from spellings import spellings

FORM = """<form method="post" action="/login"><label>Email <input name="email"></label>
<label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""


def errors(said):
    """As errors of the form: plain, in an attribute, in a script and in a comment."""
    shown = "".join(
        f'<p class="error" role="alert" data-said="{each.replace(chr(34), "&quot;")}">{each}</p>'
        for each in spellings(said, whole=True)
    )
    return f"{shown}<script>var said = {said!r}</script><!-- {said} -->"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def page(self, title, text, status=200, headers=()):
        body = f'<!doctype html><html lang="en"><title>{title}</title><body>{text}{FORM}'.encode()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        said = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).get("said")
        self.page("Echo", errors(said[0]) if said else "")

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        said = form["password"][0]
        written = list(spellings(said, whole=True))
        for each in written:
            print(f"DEBUG params: password={each} end", flush=True)
        if form["email"][0] == "redirect@example.com":
            self.page("Moved", "", 303, [("Location", "/?said=" + urllib.parse.quote_plus(said))])
            return
        headers = [(f"X-Said-{number}", each) for number, each in enumerate(written) if each.isascii()]
        headers.append(("Set-Cookie", f"said={urllib.parse.quote(said, safe='')}; Path=/"))
        self.page(html.escape(said), errors(said), 422, headers)

    def log_message(self, *_):
        pass


configured = os.environ["ADA_PASSWORD"]
for each in spellings(configured, whole=True):
    print(f"starting with password {each} end", flush=True)
quoted = configured.replace('"', '""')
with sqlite3.connect("echo.db") as database:
    database.execute(f'create table if not exists "{quoted}" (id integer primary key, "{quoted}" text)')
ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
