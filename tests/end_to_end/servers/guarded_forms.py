"""Forms of which each answers, guards itself or keeps its state in a way of its own, at an address named for it.

    guarded_forms.py PORT
"""
import html
import json
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

posts = {}  # how many submissions each address has had
stored = {"name": "Ada", "motto": "", "colour": ""}  # what /settings shows
joined = set()  # the nicknames that /any has taken
account = {"password": "first Orchid 4711"}  # what /password changes

NICKNAME = '<label>Nickname <input name=nickname required minlength=3 maxlength=20></label>'
TRAP = '<div style="position:absolute; left:-9999px" aria-hidden=true><label>Leave this empty <input name=homepage maxlength=90></label></div>'
PAIR = ('<label>Passphrase <input type=password name=p1 required minlength=12></label>'
        '<label>Once more <input type=password name=p2 required></label>')
CHANGE = ('<label>Old password <input type=password name=old required></label>'
          '<label>New password <input type=password name=new required minlength=10></label>'
          '<label>Repeat it <input type=password name=again required></label>')


UNDECLARED = ('<label>Motto (required) <input name=motto></label><label>Colour <input name=colour></label>'
              '<label>Passphrase <input type=password name=p1></label><label>Once more <input type=password name=p2></label>')
PHOTO = '<label>Photo <input type=file name=photo required></label>'


def parts(content, kind):
    """The texts of a multipart body by their names, and the names of its files."""
    sent = {}
    for part in content.split("--" + kind.partition("boundary=")[2])[1:-1]:
        head, _, value = part.partition("\r\n\r\n")
        name = head.partition('name="')[2].partition('"')[0]
        file = head.partition('filename="')[2].partition('"')[0]
        sent[name] = file if "filename=" in head else value.removesuffix("\r\n")
    return sent


def check(name):
    if not (name or "").strip():
        return "Nickname is missing"
    if len(name) < 3:
        return "Nickname has not enough characters"
    return "Nickname has too many characters" if len(name) > 20 else ""


def form(path, inside, above="", attributes="method=post"):
    return f'{above}<form {attributes} action="{path}">{inside}<button>Join</button></form>'


def settings():
    colours = "".join(f"<option value={each} {'selected' if stored['colour'] == each else ''}>{each}</option>" for each in ("red", "blue"))
    return (f'<label>Name <input name=name required maxlength=20 value="{html.escape(stored["name"])}"></label>'
            f'<label>Motto <input name=motto value="{html.escape(stored["motto"])}"></label>'
            f'<label>Colour <select name=colour><option value="">none</option>{colours}</select></label>')


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536

    def answer(self, body, status=200, headers=(), type="text/html; charset=utf-8"):
        content = (body if type == "application/json" else f'<!doctype html><html lang="en"><title>{status}</title><body>{body}').encode()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def go_to(self, path):
        self.answer("", 303, [("Location", path)])

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        if path == "/welcome":
            self.answer("<h1>Welcome</h1>")
        elif path == "/elsewhere":
            self.answer("<h1>Welcome</h1><p>Nothing was kept of it</p>")
        elif path == "/state":
            self.answer(f"<p>name {stored['name']}, motto “{stored['motto']}”, colour “{stored['colour']}”, password {account['password']}</p>")
        elif path == "/settings":
            self.answer(form(path, settings()))
        elif path == "/profile":
            self.answer(form(path, settings() + '<label>New password <input type=password name=new minlength=8></label>'))
        elif path == "/password":
            self.answer(form(path, CHANGE))
        elif path == "/trap":
            self.answer(form(path, NICKNAME + TRAP))
        elif path == "/wizard":
            self.answer("<form method=post action=/second><button>Next</button></form>")
        elif path == "/pair":
            self.answer(form(path, PAIR))
        elif path == "/photo":
            self.answer(form(path, NICKNAME + PHOTO, attributes="method=post enctype=multipart/form-data"))
        elif path == "/undeclared":
            self.answer(form(path, NICKNAME + UNDECLARED))
        elif path == "/twice":
            self.answer(form("/any", '<label>Motto <input name=motto></label>') + form(path, NICKNAME))
        elif path == "/app":
            self.answer('<div id=root></div><script type=module src=/app.js></script>')
        elif path == "/by-get":
            self.answer(form(path, NICKNAME + '<label>Password <input type=password name=p required></label>', attributes=""))
        elif path == "/by-script":
            self.answer(form(path, NICKNAME, attributes='method=post onsubmit="return false"'))
        elif path == "/captcha":
            self.answer(form(path, NICKNAME + '<div class="g-recaptcha" data-sitekey="x"></div>'))
        elif path == "/unvalidated":
            self.answer(form(path, NICKNAME, attributes="method=post novalidate"))
        elif path == "/choice":
            self.answer(form(path, NICKNAME + '<label><input type=radio name=plan value=free required> Free of charge</label>'
                                              '<label><input type=radio name=plan value=paid> Paid</label>'))
        else:
            self.answer(form(path, NICKNAME))

    def do_POST(self):
        path = self.path
        content, kind = self.rfile.read(int(self.headers["Content-Length"])).decode(), self.headers["Content-Type"]
        sent = parts(content, kind) if kind.startswith("multipart/") else {
            name: values[0] for name, values in urllib.parse.parse_qs(content, keep_blank_values=True).items()}
        number = posts[path] = posts.get(path, 0) + 1
        name, wrong = sent.get("nickname"), check(sent.get("nickname"))
        refuse = lambda inside, words, status=422: self.answer(form(path, inside, f"<p class=error>{words}</p>"), status)
        if path == "/second":
            self.answer(form("/wizard", NICKNAME))
        elif path == "/forget":
            names = set(sent.get("names", "").split(","))
            self.answer(f"<p>{len(joined - names)} left</p>")
        elif path == "/blocked" and number > 1:
            self.answer("<h1>Request blocked</h1>", 403)
        elif path == "/blocked-late" and number > 6:
            self.answer("<p class=error>Too many attempts. Come back tomorrow.</p>" + form(path, NICKNAME))
        elif path == "/absent" and name is None:
            self.go_to("/welcome")
        elif path == "/snackbar":
            self.answer(form(path, NICKNAME, f"<div class=snackbar>{wrong or 'Saved'}</div>"))
        elif path == "/json":
            self.answer(json.dumps({"success": not wrong, "errors": {"nickname": [wrong]} if wrong else {}}), type="application/json")
        elif path == "/json-misplaced":
            self.answer(json.dumps({"errors": {"motto": wrong}} if wrong else {"id": number}), 422 if wrong else 201, type="application/json")
        elif path == "/unclear":
            self.go_to("/elsewhere" if wrong else "/welcome")
        elif path == "/quiet":
            self.answer(form(path, NICKNAME))
        elif path == "/picky" and " " in (name or ""):
            refuse(NICKNAME, "Nickname has a space in it")
        elif path == "/trap" and sent.get("homepage"):
            self.go_to("/welcome")
        elif path == "/pair":
            good = sent.get("p1") and sent.get("p1") == sent.get("p2")
            self.go_to("/welcome") if good else refuse(PAIR, "The two differ")
        elif path in ("/settings", "/profile"):
            name = sent.get("name", "").strip()
            if not name or len(name) > 20:
                refuse(settings(), "Name: 1 to 20 characters")
            else:
                stored.update(name=name, motto=sent.get("motto", ""), colour=sent.get("colour", ""))
                self.go_to("/welcome")
        elif path == "/password":
            if sent.get("old") != account["password"]:
                refuse(CHANGE, "The old password is wrong")
            elif len(sent.get("new", "")) < 10 or sent["new"] != sent.get("again"):
                refuse(CHANGE, "At least ten characters, twice")
            else:
                account["password"] = sent["new"]
                self.go_to("/welcome")
        elif path == "/undeclared" and not sent.get("motto"):
            refuse(NICKNAME + UNDECLARED, "Motto is missing")
        elif path == "/undeclared" and (not sent.get("p1") or sent.get("p1") != sent.get("p2")):
            refuse(NICKNAME + UNDECLARED, "Passphrase: give one, twice")
        elif path == "/undeclared" and sent.get("colour"):
            refuse(NICKNAME + UNDECLARED, "Nobody asked for a colour")
        elif path == "/photo" and not sent.get("photo"):
            refuse(NICKNAME, "Choose a photo")
        elif path == "/choice" and sent.get("plan") not in ("free", "paid"):
            refuse(NICKNAME, "Choose a plan")
        elif wrong:
            refuse(NICKNAME, wrong)
        else:
            joined.add(name)
            self.go_to("/welcome")

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
