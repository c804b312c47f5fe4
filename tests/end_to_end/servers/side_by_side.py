"""An app in which the sign-in of one person fails without a word while that of another writes an error.

    side_by_side.py PORT

The first sign-in of "quiet" is answered when "loud" has failed: the error of the one is on the console while the other
waits. Later ones are answered at once.
"""
import http.server
import sys
import threading
import urllib.parse

FORM = """<!doctype html><html lang=en><title>Plots</title><h1>Sign in</h1><form method="post" action="/login">
<label>Name <input name="name"></label><label>Password <input type="password" name="password"></label>
<button>Sign in</button></form>"""
quiet_waits, loud_failed = threading.Event(), threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body="", location=None):
        self.send_response_only(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self):
        if self.path == "/dashboard":
            self.answer(302, location="/login")
        else:
            self.answer(200, FORM)

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if form["name"] == ["loud"]:
            quiet_waits.wait(20)
            print("sqlite3.OperationalError: no such column: emial", flush=True)
            loud_failed.set()
            self.answer(500, "<h1>Something failed</h1>")
        else:
            quiet_waits.set()
            loud_failed.wait(20)
            self.answer(303, location="/dashboard")

    def log_message(self, *arguments):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
