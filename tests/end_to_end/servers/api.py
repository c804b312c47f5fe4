"""An API that looks at how it is asked.

    api.py PORT

/echo           the headers of the request, as JSON
/device         refuses whoever says an Origin, as device endpoints do
/form           refuses whoever says no Origin, as SvelteKit does
/script         takes what fetch() sends, and refuses navigations
/csrf-cookie    sets a percent-encoded cookie; /csrf-http-only sets it HttpOnly
/double-submit  wants the cookie's value, decoded, in X-XSRF-TOKEN
/page           a page with a form, a token in a meta element and a link
/meta           wants that token in X-CSRF-Token
"""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

COOKIE = "eyJpdiI6Ik+/Wn4dq7=="
META = "meta+Token/55Rd&=="


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one go

    def answer(self, body, status=200, kind="application/json", **headers):
        body = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def handle_one(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        said = {name.lower(): value for name, value in self.headers.items()}
        own = "http://" + said["host"]
        if self.path == "/device":
            return self.answer({}, 400 if "origin" in said or "sec-fetch-mode" in said else 200)
        if self.path == "/form":
            return self.answer({}, 200 if said.get("origin") == own and "text/html" in said["accept"] else 403)
        if self.path == "/script":
            fits = (said.get("sec-fetch-mode"), said.get("sec-fetch-dest"), said.get("accept")) == ("cors", "empty", "*/*")
            return self.answer({}, 200 if fits and said.get("origin") == own else 403)
        if self.path in ("/csrf-cookie", "/csrf-http-only"):
            only = "; HttpOnly" if self.path == "/csrf-http-only" else ""
            return self.answer("", 200, Set_Cookie=f"XSRF-TOKEN={quote(COOKIE, safe='')}; Path=/{only}")
        if self.path == "/double-submit":
            cookie = unquote(said.get("cookie", "").partition("XSRF-TOKEN=")[2].partition(";")[0])
            return self.answer({}, 200 if cookie and said.get("x-xsrf-token") == cookie else 419)
        if self.path == "/page":
            return self.answer(
                f"<!doctype html><title>Page</title><meta name=csrf-token content='{META.replace('&', '&amp;')}'>"
                "<a href=/page2>Next</a>", kind="text/html; charset=utf-8")
        if self.path == "/page2":
            return self.answer("<!doctype html><title>Two</title>", kind="text/html; charset=utf-8")
        if self.path == "/meta":
            return self.answer({}, 200 if said.get("x-csrf-token") == META else 403)
        self.answer(said)

    do_GET = do_POST = do_PUT = do_DELETE = handle_one

    def log_message(self, form, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
