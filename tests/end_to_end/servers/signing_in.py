"""Small apps that people sign in to, each in its own way: the first part of the path names the app.

    signing_in.py PORT [FILE]

Listens on 127.0.0.1. The account is ada@example.com with the password of SIGNING_IN_PASSWORD, else "correct horse 9".
Prints the port, and writes the method and address of each request to FILE. The app "careless" lets
everyone in; "hold7" prints "held" in place of its seventh answer; "turns" has its form send by GET from the third time on.
"""
import http.cookies
import http.server
import os
import secrets
import sys
import threading
import urllib.parse

PASSWORD = os.environ.get("SIGNING_IN_PASSWORD", "correct horse 9")
FORM = """<form action="/{app}/login" method="post"><label>Email <input type="email" name="email"></label>
<label>Password <input type="password" name="password"></label>{more}<button>Sign in</button></form>"""
LOGOUT = """<form action="/{app}/logout" method="post"><button>Sign out</button></form>"""
sessions = set()
answers = {}


def form(app, more=""):
    return FORM.format(app=app, more=more)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, body, status=200, **headers):
        page = f"<!doctype html><title>{self.app}</title>{body}".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(page)

    def go_to(self, address, **headers):
        self.answer("", 302, Location=address, **headers)

    def signed_in(self):
        cookie = http.cookies.SimpleCookie(self.headers.get("Cookie", "")).get("sid")
        return cookie is not None and cookie.value in sessions

    def sign_out(self):
        cookie = http.cookies.SimpleCookie(self.headers.get("Cookie", "")).get("sid")
        if cookie is not None:
            sessions.discard(cookie.value)

    def begin(self):
        if LOG:
            LOG.write(f"{self.command} {self.path}\n")
            LOG.flush()
        address = urllib.parse.urlsplit(self.path)
        parts = address.path.split("/", 2)
        self.app, self.page = parts[1], parts[2] if len(parts) > 2 else ""
        if self.app.startswith("hold"):
            answers[self.app] = answers.get(self.app, 0) + 1
            if answers[self.app] == int(self.app[4:]):
                print("held", flush=True)
                threading.Event().wait()
        length = int(self.headers.get("Content-Length") or 0)
        self.sent = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))

    def do_GET(self):
        self.begin()
        if not self.app:
            return self.answer("<p>Apps")
        app = self.app
        if self.page == "login":
            return self.login_page()
        if self.page == "home":
            return self.home()
        if self.page == "account" and app == "member":
            return self.answer(f"<p id=who>ada{LOGOUT.format(app=app)}") if self.signed_in() else self.go_to("/member/login")
        if self.page in ("logout", "abmelden"):
            if app == "confirm":
                return self.answer('<form action="/confirm/logout" method="post"><p>Really?</p><button>Yes</button></form>')
            self.sign_out()
            return self.go_to(f"/{app}/gone" if app == "lost" else f"/{app}/login")
        if self.page == "":
            return self.answer('<h1>No access</h1><a href="/forbidden/login">Log in</a>', 403) if app == "forbidden" else self.answer(f'<a href="/{app}/about">About</a> <a href="/{app}/login">Log in</a>')
        if self.page == "start":
            return self.go_to(f"/{app}/login?state={secrets.token_hex(16)}")
        if self.page == "circle":
            if self.path.endswith("?out"):
                self.sign_out()
            return self.go_to(self.path)
        if self.page == "weekly":
            return self.answer('<form action="/newsletter/more" method="post"><p>News?</p><button>Yes</button></form>')
        if self.page == "nothing":
            return self.answer("", 204)
        if self.page == "about":
            return self.answer("<h1>About</h1>")
        self.answer("<h1>Not found</h1>", 404)

    def login_page(self, refusal=""):
        app, status = self.app, 200
        if app == "basic":
            return self.answer("", 401, WWW_Authenticate='Basic realm="staging"')
        if app == "down":
            return self.answer("<h1>Something went wrong</h1>", 500)
        if app == "busy":
            return self.answer("<h1>Slow down</h1>", 429, Retry_After="61")
        if app in ("short", "twice") and self.command == "GET":
            answers[app] = answers.get(app, 0) + 1
            if app == "twice" or answers[app] == 2:
                return self.answer("<h1>Slow down</h1>", 429, Retry_After="1")
        if app == "elsewhere":
            return self.go_to(f"http://localhost:{self.server.server_port}/plain/login")
        if app == "turns":
            answers[app] = answers.get(app, 0) + 1
        if app == "stateful" and self.command == "GET" and "state=" not in self.path:
            return self.answer("<h1>Begin at the start</h1>", 400)
        body = {
            "captcha": form(app, '<div class="h-captcha"></div>'),
            "get": form(app).replace(' method="post"', ""),
            "turns": form(app).replace(' method="post"', "" if answers.get(app, 0) > 2 else ' method="post"'),
            "script": form(app).replace(' method="post"', ' onsubmit="send(event); return false"'),
            "loose": '<input type="email" name="email"><input type="password" name="password"><button>Sign in</button>',
            "spa": '<div id="app"></div><script src="/app.js"></script><script>fetch("/api/session", { method: "POST" })</script>',
            "links": form(app, '<a href="/links/about">About</a><a id=nothing href="/links/nothing">Nothing</a>'),
            "codes": form(app, '<label>Number <input name=otp_code></label><label>Card <input name=c></label>'
                               '<label>Digits <input name=d></label><div id=host></div>'),
            "two": '<form method="post"><label>Email <input name="email" type="email"></label><button>Next</button></form>',
            "none": "<h1>Welcome</h1>",
            "sends": form(app).replace('"/sends/login"', f'"http://localhost:{self.server.server_port}/sends/login"'),
            "shown": form(app, '<button type="button" onclick="form.password.type = \'text\'">Show</button>'),
            "german": form(app).replace("Email", "E-Mail").replace("Password", "Passwort").replace("Sign in", "Anmelden"),
        }.get(app, form(app))
        self.answer(f"{refusal}{body}", status)

    def home(self):
        app = self.app
        if app == "member":
            more = '<a href="/member/account">My account</a>' if self.signed_in() else ""
            return self.answer(f"<h1>News</h1>{more}")
        if app == "open":
            return self.answer("<h1>News</h1>")
        if not self.signed_in() and app == "guarded":
            return self.answer("<h1>Forbidden</h1>", 403)
        if not self.signed_in() and app == "hidden":
            return self.answer("<h1>Not found</h1>", 404)
        if not self.signed_in():
            return self.go_to("/public/" if app == "public" else f"/{app}/{'start' if app == 'stateful' else 'login'}")
        body = {
            "german": '<h1>Garten</h1><a href="/german/abmelden"><svg></svg></a>',
            "confirm": '<p id="who">ada</p><a href="/confirm/logout">Log out</a>',
            "newsletter": '<p id="who">ada</p><a href="/newsletter/weekly">Log out</a>',
            "lost": '<p id="who">ada</p><a href="/lost/logout">Log out</a>',
            "scripted": '<p id="who">ada</p><a href="/scripted/about" onclick="leave(event)">Log out</a>',
            "stays": '<p id="who">ada</p><a href="#logout">Log out</a>',
            "noway": '<p id="who">ada</p>',
            "bare": "<div><p>Welcome back</div>",
            "pressed": '<p id="who">ada</p><form method="post"><button onclick="leave(event)">Log out</button></form>',
            "sent": '<p id="who">ada</p><form method="post" onsubmit="leave(); return false"><button>Log out</button></form>',
            "refused": '<p id="who">ada</p><form method="post"><button>Log out</button></form>',
            "endless": '<p id="who">ada</p><a href="/endless/circle">Log out</a>',
            "nearly": '<p id="who">ada</p><a href="/nearly/circle?out">Log out</a><a href="/nearly/about?logout">Session</a>',
            "tells": f'<h1>{PASSWORD}</h1>',
        }.get(app, f'<p id="who">Signed in as ada@example.com</p>{LOGOUT.format(app=app)}')
        self.answer(body)

    def do_POST(self):
        self.begin()
        app = self.app
        if self.page == "logout":
            self.sign_out()
            return self.go_to(f"/{app}/home" if app == "guarded" else f"/{app}/login")
        if self.page == "home":
            return self.answer("<h1>CSRF token missing</h1>", 403) if app == "refused" else self.home()
        if app == "carries":
            return self.answer("", 307, Location=f"http://localhost:{self.server.server_port}/carries/login")
        is_right = self.sent.get("email") == "ada@example.com" and self.sent.get("password") == PASSWORD
        if not is_right and app != "careless":
            return self.login_page('<p role="alert">Wrong e-mail or password</p>')
        if app == "locked":
            return self.answer("<p role=alert>Too many attempts</p>", 429)
        if app == "posts" and not answers.get(app):
            answers[app] = 1
            return self.answer("<h1>Slow down</h1>", 429, Retry_After="1")
        if app == "breaks":
            return self.answer("<h1>Something went wrong</h1>", 500)
        if app == "code":
            return self.answer('<form method="post"><label>Code <input name="otp"></label><button>Go</button></form>')
        session = secrets.token_hex(16)
        sessions.add(session)
        if app == "leaves":
            return self.go_to(f"http://localhost:{self.server.server_port}/plain/about", Set_Cookie=f"sid={session}; Path=/")
        self.go_to(f"/{app}/{'gone' if app == 'empty' else 'home'}", Set_Cookie=f"sid={session}; Path=/; HttpOnly")


LOG = open(sys.argv[2], "w") if len(sys.argv) > 2 else None
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
