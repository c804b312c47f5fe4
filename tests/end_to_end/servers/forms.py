"""Forms whose servers validate in ways that a team would not want, each at an address named for it.

    forms.py PORT [DATABASE]

The members of /unchecked and /checked are kept in the SQLite database of that name.
"""
import email.utils
import html
import sqlite3
import sys
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

posts = {}  # how many submissions each address has had
tokens = {}  # the one token that each address will take
taken = set()  # nicknames that only one may have
paused = {}  # until when an address wants to be left alone


def database():
    return sqlite3.connect(sys.argv[2])


if len(sys.argv) > 2:
    with database() as made:
        made.execute("CREATE TABLE members (nickname VARCHAR(20) NOT NULL UNIQUE, motto TEXT NOT NULL, age INTEGER)")


# How frameworks show an error: what stands before the field, its attributes, what stands behind it, and, in front of
# the form, what stands there.
def markup(family, name, label, error):
    before = more = after = top = ""
    if family == "aria-describedby":
        more, after = f'aria-invalid="true" aria-describedby="{name}_why"', f'<i id="{name}_why">{error}</i>'
    elif family == "aria-errormessage":
        more, top = f'aria-invalid="true" aria-errormessage="{name}_why"', f'<p id="{name}_why">{error}</p>'
    elif family == "aria-invalid":
        more, after = 'aria-invalid="true"', f'<small class="error">{error}</small>'
    elif family == "adjacent":
        after = f'<span class="field-error">{error}</span>'
    elif family == "rails":
        top = f'<div id="error_explanation"><h2>1 error</h2><ul><li>{label} {error.lower()}</li></ul></div>'
    elif family == "django":
        before = f'<ul class="errorlist"><li>{error}</li></ul>'
    elif family == "laravel":
        after = f'<p class="text-sm text-red-600 mt-2">{error}</p>'
    elif family == "symfony":
        before = f"<ul><li>{error}</li></ul>"
    elif family == "bootstrap":
        more, after = 'class="form-control is-invalid"', f'<div class="invalid-feedback">{error}</div>'
    elif family == "wordpress":
        top = f'<div id="login_error" class="notice notice-error"><p><strong>Error:</strong> {error}</p></div>'
    return before, more, after, top


def marked_up(family, errors):
    """The two fields of a form with these errors, by name."""
    rules = {"nickname": 'required minlength="3" maxlength="20"', "motto": ""}
    above, fields = "", ""
    for name, label in (("nickname", "Nickname"), ("motto", "Motto")):
        before, more, after, top = markup(family, name, label, errors[name]) if name in errors else ("", "", "", "")
        control = f'<input id="{name}" name="{name}" {rules[name]} {more}>'
        if name in errors and family == "rails":
            control = f'<div class="field_with_errors">{control}</div>'
        fields += f'<div><label for="{name}">{label}</label>{before}{control}{after}</div>'
        above += top
    return above, fields


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


def many(error=""):
    """200 fields, with this error at one of them."""
    return "".join(field(f"field{n}", f"Field {n}", error if n == 7 else "") for n in range(200))


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
            self.answer(form(path, many()))
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
        elif path.startswith("/markup/"):
            self.answer(form(path, marked_up(path.split("/")[2], {})[1]))
        elif path in ("/unchecked", "/checked"):
            self.answer(form(path, field(more='required maxlength="20"') + field("motto", "Motto", more="")))
        elif path == "/joined":
            self.answer(f"<p>{len(taken)} joined</p><form method=post action=/forget><button>Forget them</button></form>")
        else:
            self.answer(form(path, field() + field("motto", "Motto", more="")))

    def do_POST(self):
        path = self.path
        sent = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
        name = next((sent[each][0] for each in ("nickname", "email", "field7") if each in sent), "")
        if path == "/forget":
            taken.clear()
            self.answer("", 303, [("Location", "/welcome")])
            return
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
        if path == "/pauses" and number == 3 or path == "/never" and number >= 3:
            self.answer("Slow down", 429, [("Retry-After", "0")])
        elif path in ("/patient", "/dated", "/says-no-time") and not self.in_time(path, number):
            pass
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
        elif path == "/many" and wrong:
            self.answer(form(path, many(wrong)), 422)
        elif path.startswith("/markup/") and wrong:
            self.refuse_marked_up(path, wrong)
        elif path == "/unique" and (wrong or name in taken):
            again(error=wrong or "This nickname is taken.")
        elif path in ("/unchecked", "/checked") and (path == "/unchecked" or not wrong):
            self.insert(path, name, sent["motto"][0], again)
        elif path == "/bytes" and len(name.encode()) > 20:
            again(error="At most 20 characters.")
        elif path == "/off-by-one" and len(name) == 21:
            self.answer("", 303, welcome)
        elif path == "/trusting":
            self.answer("", 303, welcome)
        elif wrong:
            again(error=wrong)
        else:
            taken.add(name)
            self.answer("", 303, welcome)

    def in_time(self, path, number):
        """Whether an app that wants to be left alone for a second is; if it was not, it never is again."""
        if number == 3:
            paused[path] = time.monotonic() + 1
            after = {"/patient": "1", "/dated": email.utils.formatdate(time.time() + 2, usegmt=True), "/says-no-time": ""}[path]
            self.answer("Slow down", 429, [("Retry-After", after)] if after else [])
            return False
        if number == 4 and time.monotonic() < paused[path]:
            paused[path] += 3600
        if number >= 4 and time.monotonic() < paused[path]:
            self.answer("Slow down", 429, [("Retry-After", "3600")])
            return False
        return True

    def refuse_marked_up(self, path, wrong):
        _, _, family, *elsewhere = path.split("/")
        above, fields = marked_up(family, {"motto" if elsewhere else "nickname": wrong})
        self.answer(above + form(path, fields), 422)

    def insert(self, path, nickname, motto, again):
        # One that looks before it writes, and one that does not; the latter keeps an empty text as none.
        try:
            with database() as members:
                found = members.execute("SELECT 1 FROM members WHERE nickname = ?", (nickname,)).fetchone()
                if path == "/checked" and found:
                    again(error="This nickname is taken.")
                    return
                members.execute("INSERT INTO members VALUES (?, ?, 1)", (nickname, motto if path == "/checked" else motto or None))
            self.answer("", 303, [("Location", "/welcome")])
        except sqlite3.IntegrityError as error:
            self.answer(f"<h1>Internal Server Error</h1>{error}", 500)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
