"""Forms whose servers validate in ways that a team would not want, each at an address named for it.

    forms.py PORT
"""
import html
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

posts = {}  # how many submissions each address has had
tokens = {}  # the one token that each address will take


def check(name):
    """What is wrong with a nickname, in words; nothing when it is right."""
    if not name.strip():
        return "Say a nickname."
    if len(name) < 3:
        return "At least 3 characters."
    if len(name) > 20:
        return "At most 20 characters."
    return ""


def field(name="nickname", label="Nickname", error="", more='required minlength="3" maxlength="20"', type="text"):
    words = f'<p class="error" id="{name}_error">{html.escape(error)}</p>' if error else ""
    invalid = f' aria-invalid="true" aria-describedby="{name}_error"' if error else ""
    return f'<p><label for="{name}">{label}</label><input id="{name}" name="{name}" type="{type}" {more}{invalid}>{words}</p>'


def form(path, inside, button="<button>Join</button>"):
    token = tokens[path] = str(len(posts) + sum(posts.values())) + "-" + str(len(tokens))
    return f'<form method="post" action="{path}"><input type="hidden" name="token" value="{token}">{inside}{button}</form>'


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # header and body in one piece

    def answer(self, body, status=200, headers=()):
        content = f'<!doctype html><html lang="en"><title>{status}</title><body>{body}'.encode()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        if path == "/welcome":
            self.answer("<h1>Welcome</h1>")
        elif path == "/login":
            self.answer(form(path, field("email", "Email") + field("password", "Password", type="password"), "<button>Sign in</button>"))
        elif path == "/members" and "sid=member" not in self.headers.get("Cookie", ""):
            self.answer("", 302, [("Location", "/login")])
        elif path == "/many":
            self.answer(form(path, "".join(field(f"field{n}", f"Field {n}") for n in range(200))))
        elif path == "/buttonless":
            self.answer(form(path, field(), ""))
        elif path == "/twice":
            self.answer(form(path, field()) + form(path, field("nickname", "Other name")))
        elif path == "/odd":
            self.answer(form(path, field(type="nikname")))
        elif path == "/no-rules":
            self.answer(form(path, field(more="")))
        elif path == "/own-errors":
            self.answer(form(path, field()))
        else:
            self.answer(form(path, field() + field("motto", "Motto", more="")))

    def do_POST(self):
        path = self.path
        sent = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
        name = sent.get("nickname", sent.get("email", [""]))[0]
        number = posts[path] = posts.get(path, 0) + 1
        if sent["token"][0] != tokens.get(path):
            self.answer("<p>This page has expired.</p>", 403)
            return
        del tokens[path]
        if path == "/login":
            self.answer("", 303, [("Location", "/members"), ("Set-Cookie", "sid=member; Path=/")])
            return
        wrong = check(name)
        welcome = [("Location", "/welcome"), ("Set-Cookie", "sid=someone; Path=/")]
        again = lambda status=422, **fields: self.answer(form(path, field(**fields) + field("motto", "Motto", more="")), status)
        if path == "/pauses" and number == 3:
            self.answer("Slow down", 429, [("Retry-After", "0")])
        elif path == "/throttles" and number > 3:
            self.answer("Slow down", 429, [("Retry-After", "3600")])
        elif path == "/locks" and number > 4:
            self.answer("<p class=error>Too many attempts. Your address is locked for an hour.</p>", 423)
        elif path == "/turns" and number > 4:
            again(200, error="We cannot take this right now.")
        elif path == "/refuses":
            again(error="Nobody joins today.")
        elif path == "/crashes" and len(name) > 20:
            self.answer("<h1>Internal Server Error</h1>", 500)
        elif path == "/silent" and wrong:
            again(200)
        elif path == "/misplaced" and wrong:
            self.answer(form(path, field() + field("motto", "Motto", wrong, more="")), 422)
        elif path == "/unplaced" and wrong:
            self.answer(f'<div role="alert" class="alert">{wrong}</div>' + form(path, field()), 422)
        elif path == "/own-errors" and wrong:
            self.answer(form(path, f'<p>{field()}</p><p class="hint bad">{wrong}</p>'), 200)
        elif path == "/bytes" and len(name.encode()) > 20:
            again(error="At most 20 characters.")
        elif path == "/off-by-one" and len(name) == 21:
            self.answer("", 303, welcome)
        elif path == "/trusting":
            self.answer("", 303, welcome)
        elif wrong:
            again(error=wrong)
        else:
            self.answer("", 303, welcome)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
