"""A small app with sign-in, whose command line says how it treats guests and where it goes wrong.

    allotment.py PORT [name=value ...]

guests    what a visitor without a session gets for /plots: see GUESTS
lands     where a sign-in leads: "here", "elsewhere" (somebody else's garden), "subdomain" (of its own, which takes the
          session from the address)
accepts   "anything" signs in whoever sends the form
leaves    what signing out is answered with, a status; "refused" and "by-form": a form without an address of its own on
          /plots signs out, and is refused or leads back to /plots
wrong     what a wrong password is answered with, a status
says      where it says that a password is wrong: "alert" above the form, "whoops" in an element of its own making,
          "checkbox" behind the box that keeps a session
"""
import itertools
import secrets
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PORT = int(sys.argv[1])
SAID = dict(pair.split("=", 1) for pair in sys.argv[2:])
sessions = set()
numbers = itertools.count(1)

PASSWORD_FORM = """<form method="post" action="/enter"><p><label>Name <input name="who"></label></p>
<p><label>Password <input type="password" name="word"></label></p><button>Enter</button></form>"""
NAME_FORM = """<form method="post" action="{action}"><label>Name <input name="who" autocomplete="username"></label>
<button>Enter</button></form>"""


def page(title, body):
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


FORM_LEAVES = SAID.get("leaves") in ("refused", "by-form")
WAY_OUT = '<form method="post"><button>Leave</button></form>' if FORM_LEAVES else '<a href="/leave">Leave</a>'
PLOTS = page("Plots", f'<main><p class="gardener">Ruth</p>{WAY_OUT}</main>')


class Allotment(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body="", **headers):
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", headers.pop("kind", "text/html; charset=utf-8"))
        for name, value in headers.items():
            for each in value if isinstance(value, list) else [value]:
                self.send_header(name.replace("_", "-"), each)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def lead(self, where, **headers):
        self.answer(303, "", Location=where, **headers)

    def session(self):
        handed_over = parse_qs(urlsplit(self.path).query).get("as", [""])[0]
        if handed_over in sessions and self.headers["Host"].startswith("plots."):
            return handed_over
        for pair in (self.headers.get("Cookie") or "").split("; "):
            name, _, value = pair.partition("=")
            if name == "plot_session" and value in sessions:
                return value
        return None

    def elsewhere(self):
        return f"http://localhost:{ELSEWHERE}"

    def guest(self):
        kind = SAID.get("guests", "sign-in")
        if kind == "sign-in":
            return self.lead("/enter")
        if kind.isdigit():
            return self.answer(int(kind), page("Nothing here", "<p>Nothing here</p>"))
        if kind == "landing":
            return self.lead("/welcome")
        if kind == "landing-here":
            return self.answer(200, page("Grow with us", "<h1>Grow with us</h1><a href='/enter'>Enter</a>"))
        if kind == "matrix":
            return self.lead(f"/enter;jsessionid={secrets.token_hex(8)}")
        if kind == "language":
            return self.lead("/de/enter")
        if kind == "provider":
            return self.lead(f"{self.elsewhere()}/interaction/{secrets.token_hex(6)}?state={secrets.token_hex(4)}")
        if kind == "json":
            return self.answer(200, '{"error": "sign in first"}', kind="application/json")
        if kind == "marked":
            return self.answer(200, page("Enter", '<p class="gardener">Guest</p>' + PASSWORD_FORM))
        if kind == "marked-landing":
            return self.lead("/welcome")
        if kind == "circle":
            return self.lead("/plots")
        if kind == "open":
            return self.answer(200, PLOTS)
        if kind == "in-redirect":
            return self.answer(302, PLOTS, Location="/enter")
        raise ValueError(kind)

    def do_GET(self):
        path = urlsplit(self.path).path
        if self.server.server_address[1] != PORT:
            return self.foreign(path)
        if path in ("/", "/ready"):
            return self.answer(200, page("Allotment", "ready"))
        if path == "/plots":
            return self.answer(200, PLOTS) if self.session() else self.guest()
        if path.split(";")[0] in ("/enter", "/de/enter"):
            if SAID.get("guests") in ("matrix", "identifier"):
                return self.answer(200, page("Enter", NAME_FORM.format(action="/word")))
            return self.answer(200, page("Enter", PASSWORD_FORM))
        if path == "/welcome":
            marker = '<p class="gardener">Nobody yet</p>' if SAID.get("guests") == "marked-landing" else ""
            return self.answer(200, page("Grow with us", "<h1>Grow with us</h1>" + marker))
        if path == "/leave":
            sessions.discard(self.session())
            status = int(SAID.get("leaves", "303"))
            return self.lead("/enter") if status == 303 else self.answer(status, page("Left", "<p>Left</p>"))
        if path == "/headers":
            return self.answer(200, page("Headers", "x"), X_Frame_Options=["DENY", "ALLOWALL"],
                               Cache_Control=["no-store", "private"])
        if path == "/json":
            return self.answer(200, '{"plots": "3", "owner": null, "beds": 4}', kind="application/json")
        if path == "/cookie":
            return self.answer(200, page("Cookie", "x"), Set_Cookie="tool=spade; Path=/")
        return self.answer(404, page("Nothing here", "<p>Nothing here</p>"))

    def foreign(self, path):
        if path == "/plots":
            return self.answer(200, page("Another garden", '<p class="gardener">Somebody else</p>'))
        return self.answer(200, page("Who are you?", NAME_FORM.format(action="/interaction/next")))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        path = urlsplit(self.path).path
        if path == "/word":
            return self.answer(200, page("Password", '<form method="post" action="/enter"><label>Password '
                                                     '<input type="password" name="word"></label>'
                                                     "<button>Go on</button></form>"))
        if path == "/plots" and SAID.get("leaves") == "by-form":
            sessions.discard(self.session())
            return self.lead("/plots")
        if path == "/plots" and SAID.get("leaves") == "refused":
            return self.answer(403, page("Refused", "<p>CSRF token missing</p>"))
        if path != "/enter":
            return self.answer(404, page("Nothing here", "<p>Nothing here</p>"))
        if sent.get("word") != "green beans 7" and SAID.get("accepts") != "anything":
            status = int(SAID.get("wrong", "200"))
            says = SAID.get("says", "alert")
            if says == "alert":
                return self.answer(status, page("Enter", "<p role='alert'>That is not the word.</p>" + PASSWORD_FORM))
            said = {"whoops": "<div class='whoops'>That is not the word.</div>",
                    "checkbox": "<p><label><input type='checkbox' name='keep'> Keep me signed in</label></p>"
                                "<p class='error'>That is not the word.</p>"}[says]
            return self.answer(status, page("Enter", PASSWORD_FORM.replace("<button>", said + "<button>")))
        session = f"s{next(numbers)}-{secrets.token_hex(8)}"
        sessions.add(session)
        cookie = f"plot_session={session}; Path=/; HttpOnly; SameSite=Lax"
        lands = SAID.get("lands", "here")
        where = {"here": "/plots", "elsewhere": self.elsewhere() + "/plots",
                 "subdomain": f"http://plots.localhost:{PORT}/plots?as={session}"}[lands]
        return self.lead(where, Set_Cookie=cookie)


class Server(ThreadingHTTPServer):
    daemon_threads = True


other = Server(("127.0.0.1", 0), Allotment)
ELSEWHERE = other.server_address[1]
threading.Thread(target=other.serve_forever, daemon=True).start()
Server(("127.0.0.1", PORT), Allotment).serve_forever()
