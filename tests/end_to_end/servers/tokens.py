"""An app that hands out a token in every place an answer has, and lets in who gives it back as it was meant.

    tokens.py PORT

/csrf-cookie    a percent-encoded cookie
/api/login      takes it decoded, in X-XSRF-TOKEN; answers with JSON behind a guard
/me             takes what /api/login gave, or Basic
/native         redirects to an address with a scheme of its own
/implicit       redirects to /done, with a token in the fragment
/sent           a page with a link, a script and a paragraph
/reset          takes the token of the link
/invited        redirects to an address with a token in its path
/script         takes the token of the script
/home           the last page: says what it was asked for
"""
import base64
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

XSRF = "eyJpdiI6Ik+/Qm4yq8=="
ACCESS = "acc-9hQ2.k7Zr_1"
NATIVE = "native-4b7Tq19"
FRAGMENT = "frag 8Zk&21xq"
RESET = "rst/5Jw+88aa"
SCRIPT = "scr/77Yp<x>01Qw9z"
HEADER = "hdr-3Vn55Qe8-Zz81"
INVITATION = "MQ-c7f3a9d1e5b80246"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one go

    def answer(self, body, status=200, kind="text/html; charset=utf-8", **headers):
        body = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def json(self, value, status=200):
        self.answer(")]}',\n" + json.dumps(value), status, "application/json")

    def page(self, words, status=200):
        self.answer(f"<!doctype html><title>Tokens</title><p>{words}</p>", status)

    def handle_one(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        given = self.headers.get("Authorization", "")
        if url.path == "/csrf-cookie":
            return self.answer("", 200, Set_Cookie=f"XSRF-TOKEN={quote(XSRF, safe='')}; Path=/")
        if url.path == "/api/login":
            if self.headers.get("X-XSRF-TOKEN") != XSRF:
                return self.json({"message": "CSRF token mismatch."}, 419)
            return self.json({"access_token": ACCESS, "roles": [], "next": None, "tags": ["a", "b"]})
        if url.path == "/me":
            basic = "Basic " + base64.b64encode(b"ada@example.com:correct horse 9").decode()
            return self.page("Welcome" if given in (basic, "Bearer " + ACCESS) else "no", 200)
        if url.path == "/native":
            return self.answer("", 302, Location=f"com.example.app:/callback?code={NATIVE}&state=x")
        if url.path == "/implicit":
            return self.answer("", 303, Location=f"/done#access_token={quote(FRAGMENT, safe='')}&state=x")
        if url.path == "/hidden-port":
            return self.answer("", 302, Location="localhost:3000/home")
        if url.path == "/invited":
            return self.answer("", 303, Location=f"/join/{INVITATION}/team-of-2026")
        if url.path == "/sent":
            return self.answer(
                "<!doctype html><title>Sent</title>"
                f"<a class=reset href='/reset?user=1&amp;token={quote(RESET, safe='')}'>Reset</a>"
                f"<script>window.app = {json.dumps({'key': SCRIPT}).replace('<', chr(92) + 'u003c').replace('/', chr(92) + '/')}</script>",
                X_Receipt=f"receipt={HEADER}; part=1")
        for path, token in (("/reset", RESET), ("/script", SCRIPT), ("/header", HEADER), ("/fragment", FRAGMENT),
                            ("/code", NATIVE)):
            if url.path == path:
                return self.page("Welcome" if query.get("token") == token else "no")
        self.page(("Welcome, " if INVITATION in url.path else "") + "you asked for " + self.path)

    do_GET = do_POST = handle_one

    def log_message(self, form, *words):
        print(self.path, file=sys.stderr, flush=True)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
