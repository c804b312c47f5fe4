"""A web app whose pages say what browsers may do with them, and answers in ways that only browsers read.

    policies.py PORT

Listens on 127.0.0.1, which is localhost as well: the second host of the redirects. Prints each request's first line.
"""
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

PORT = int(sys.argv[1])
ELSEWHERE = f"http://localhost:{PORT}"
FORM = '<form method=post action="{}"><input type=hidden name=a value=1><button>Go</button></form>'
SUBMITS = "<script>document.forms[0].submit()</script>"
TOKEN = "<meta name=csrf-param content=authenticity_token><meta name=csrf-token content='tok/+=='>"
tries = {}


def csp(policy):
    return ("Content-Security-Policy", policy)


def meta(policy):
    return f'<meta http-equiv=Content-Security-Policy content="{policy}">'


# What stands in the head, where the form goes, and the headers of each page with a form.
FORMS = {
    "/none": ("", "/done", csp("form-action 'none'")),
    "/self": ("", "/done", csp("default-src 'none'; form-action 'self'")),
    "/self-elsewhere": ("", "/elsewhere", csp("form-action 'self'")),
    "/self-by-circuit": ("", "/circuit", csp("form-action 'self'")),
    "/named-elsewhere": ("", "/elsewhere", csp(f"form-action 'self' {ELSEWHERE}")),
    "/reported": ("", "/done", ("Content-Security-Policy-Report-Only", "form-action 'none'")),
    "/meta": (meta("form-action https:"), "/done"),
    "/sandboxed": ("", "/done", csp("sandbox allow-scripts")),
    "/empty": ("", "/empty-answer"),
}
# Pages that a script sends, unless a policy keeps it from doing so.
SCRIPTED = {
    "/saml": (),
    "/saml-forbidden": (csp("script-src 'self'"),),
    "/saml-nonce": (csp("script-src 'nonce-other'"),),
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        print(self.command, self.path, flush=True)

    def answer(self, body, *headers, status=200, kind="text/html; charset=utf-8"):
        body = body.encode()
        self.send_response(status)
        for name, value in (("Content-Type", kind), *headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def go(self, where, *headers):
        self.answer("", ("Location", where), *headers, status=303)

    def raw(self, text):
        self.close_connection = True
        self.wfile.write(text.encode())

    def handle_any(self):
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        fields = dict(parse_qsl(sent))
        path = urlsplit(self.path).path
        if path in FORMS:
            head, action, *headers = FORMS[path]
            return self.answer(f"<!doctype html><head><title>Form</title>{head}</head>{FORM.format(action)}", *headers)
        if path in SCRIPTED:
            form = '<form method=post action="/done"><input type=hidden name=SAMLResponse value=1></form>'
            return self.answer(f"<!doctype html><title>One moment</title>{form}{SUBMITS}", *SCRIPTED[path])
        if path == "/elsewhere":
            return self.go(ELSEWHERE + "/done?code=1")
        if path == "/circuit":
            return self.go("/elsewhere")
        if path == "/refresh":
            return self.answer("", ("Refresh", "0; url=/done"))
        if path == "/no-space":
            return self.raw("HTTP/1.1 200\nContent-Type: text/html\nX-Broken\n\n<title>Done</title>Done")
        if path == "/odd-headers":
            return self.answer("<title>Done</title>Done", ("Content-Type", "text/html"), ("Content-Encoding", "utf-8"),
                               kind="text/plain")
        if path == "/empty-answer":
            return self.raw("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        if path == "/spaces":
            return self.answer("<!doctype html><title>Bien\u00a0venue</title><p>Welcome,\u00a0Ada"
                               "<form action=/done><input type=submit value='Log\u00a0in'></form>"
                               "<form action=/done><button>Reg&shy;is\u200bter</button></form>")
        if path == "/members":
            return self.answer(f"<!doctype html><head><title>Members</title>{TOKEN}</head>"
                               "<a data-method=delete href=/sign_out>Log out</a>")
        if path == "/sign_out" and fields.get("_method") == "delete" and fields.get("authenticity_token") == "tok/+==":
            return self.go("/done")
        if path == "/busy" and self.command == "POST":
            tries[path] = tries.get(path, 0) + 1
            if tries[path] % 3:
                return self.answer("<title>Too many</title>Wait", status=429)
            return self.go("/done")
        if path == "/busy":
            return self.answer(f"<!doctype html><title>Form</title>{FORM.format('/busy')}")
        if path in ("/", "/done"):
            return self.answer("<!doctype html><title>Done</title><p>Done")
        return self.answer("<title>Not found</title>", status=404)

    do_GET = do_POST = handle_any


class Server(ThreadingHTTPServer):
    daemon_threads = True


Server(("127.0.0.1", PORT), Handler).serve_forever()
