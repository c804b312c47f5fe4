"""Forms made at random, with servers that keep their rules or not, and answer in many ways.

    generated_forms.py serve PORT SEED TAKEN
    generated_forms.py truth SEED COUNT

The form N is at /form/N. TAKEN is a file: the values that only one may have stay from run to run. `truth` writes a line
for each rule of each form: its number, its kind of answer, the field, the rule, and `kept`, `hole` or `blocked`.
"""
import html
import json
import random
import re
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWERS = ["page", "page200", "redirect", "json", "json200", "problem", "toast", "bare"]
WORDS = {
    "en": dict(required="{} is missing", min_length="{} is too short", max_length="{} has too many characters", type="{} is not valid",
               min="{} is too low", max="{} is too high", step="{} has to be whole", pattern="{} has another form", options="{} is no choice",
               same="The passwords differ", taken="{} has already been taken", done="Saved"),
    "de": dict(required="{} fehlt", min_length="{} ist zu kurz", max_length="{} ist zu lang", type="{} ist ungültig", min="{} ist zu klein",
               max="{} ist zu groß", step="{} muss ganz sein", pattern="{} passt nicht", options="{} steht nicht zur Wahl",
               same="Die Passwörter sind verschieden", taken="{} ist bereits vergeben", done="Gespeichert"),
    "ja": dict(required="{}を入力してください", min_length="{}が短すぎます", max_length="{}が長すぎます", type="{}が正しくありません",
               min="{}が小さすぎます", max="{}が大きすぎます", step="{}は整数です", pattern="{}の形式が違います", options="{}を選んでください",
               same="パスワードが一致しません", taken="{}は既に使われています", done="保存しました"),
    "ar": dict(required="{} مطلوب", min_length="{} قصير جدا", max_length="{} طويل جدا", type="{} غير صالح", min="{} صغير جدا",
               max="{} كبير جدا", step="{} ليس عددا صحيحا", pattern="{} لا يطابق", options="{} ليس من الخيارات",
               same="كلمتا المرور مختلفتان", taken="{} مستخدم بالفعل", done="تم الحفظ"),
}
EMAIL = re.compile(r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*")
PATTERNS = ["[0-9]{5}", "[A-Z]{2}[0-9]{4}", "[a-z]+", "[A-Za-z][A-Za-z0-9]{3,11}"]


def length(text):
    return len(text.encode("utf-16-le")) // 2


class Field:
    """A field with what its page declares (`rules`), and which of that its server does not check (`holes`)."""

    def __init__(self, rng, number, kind):
        self.kind, self.name, self.label = kind, f"{kind}{number}", f"{kind.capitalize()} {'ABCDEF'[number]}"
        self.rules, self.holes, self.unique = {}, {}, False
        required = rng.random() < 0.75 or kind in ("password", "box")
        if required:
            self.rules["required"] = True
        if kind in ("text", "note"):
            self.rules["max_length"] = rng.choice([10, 20, 40, 80])
            if rng.random() < 0.4:
                self.rules["min_length"] = rng.choice([2, 3, 5])
        elif kind == "email":
            self.rules["type"] = "email"
            if rng.random() < 0.5:
                self.rules["max_length"] = rng.choice([60, 100, 254])
        elif kind == "number":
            self.rules["type"], self.rules["step"] = "number", 1
            self.rules["min"] = rng.choice([0, 1, 18])
            if rng.random() < 0.7:
                self.rules["max"] = rng.choice([99, 120, 1000])
        elif kind == "day":
            self.rules["type"], self.rules["min"] = "date", "1950-01-01"
            if rng.random() < 0.5:
                self.rules["max"] = "2029-12-31"
        elif kind == "code":
            self.rules["pattern"] = rng.choice(PATTERNS)
        elif kind == "password":
            self.rules["min_length"] = rng.choice([6, 8, 12])
            if rng.random() < 0.5:
                self.rules["max_length"] = rng.choice([40, 64, 72])
        elif kind == "choice":
            self.rules["options"] = ["red", "green", "blue"]
            self.rules["required"] = True
        for rule in list(self.rules):
            if rng.random() < 0.12:
                self.holes[rule] = rng.choice(["none", "lax"])
        if kind in ("text", "email") and rng.random() < 0.3:
            self.unique = True

    def control(self, value, more):
        declared = []
        for rule, bound in self.rules.items():
            attribute = {"required": "required", "min_length": f"minlength={bound}", "max_length": f"maxlength={bound}", "min": f"min={bound}",
                         "max": f"max={bound}", "pattern": f'pattern="{bound}"'}.get(rule)
            if attribute:
                declared.append(attribute)
        attributes = f'id={self.name} name={self.name} {" ".join(declared)} {more}'
        if self.kind == "choice":
            options = "".join(f"<option>{each}</option>" for each in self.rules["options"])
            return f"<select {attributes}><option value=''>-</option>{options}</select>"
        type = {"email": "email", "number": "number", "day": "date", "password": "password", "box": "checkbox"}.get(self.kind, "text")
        shown = "" if type in ("password", "checkbox") else html.escape(value)
        if self.kind == "note":
            return f"<textarea {attributes}>{shown}</textarea>"
        return f'<input type={type} {attributes} value="{shown}">' if shown else f"<input type={type} {attributes}>"

    def keeps(self, rule):
        return rule in self.rules and self.holes.get(rule) != "none"

    def broken(self, sent):
        """The first rule that the server finds broken; nothing when it takes the value."""
        value = sent.get(self.name)
        if self.kind not in ("password",) and value is not None:
            value = value.strip()
        if not value:
            lax = self.holes.get("required") == "lax"  # looks only at what was sent
            return "required" if self.keeps("required") and not (lax and value is None) else ""
        if self.kind in ("box",):
            return ""
        if self.kind == "choice":
            return "options" if self.keeps("options") and self.holes.get("options") != "lax" and value not in self.rules["options"] else ""
        lax = self.holes.get("type") == "lax"
        if self.keeps("type"):
            good = {"email": lambda: re.search("@", value) if lax else EMAIL.fullmatch(value),
                    "number": lambda: re.match(r"-?\d", value) if lax else re.fullmatch(r"-?\d+(\.\d+)?", value),
                    "date": lambda: re.fullmatch(r"\d{4}-\d\d-\d\d", value) if lax else self.is_date(value)}[self.rules["type"]]()
            if not good:
                return "type"
        count = length(value)
        slack = lambda rule: 1 if self.holes.get(rule) == "lax" else 0
        if self.keeps("min_length") and count < self.rules["min_length"] - slack("min_length"):
            return "min_length"
        if self.keeps("max_length") and count > self.rules["max_length"] + slack("max_length"):
            return "max_length"
        if self.kind == "number":
            number = re.match(r"-?\d+(\.\d+)?", value)
            number = float(number[0]) if number else None
            if number is not None and self.keeps("min") and number < self.rules["min"] - slack("min"):
                return "min"
            if number is not None and self.keeps("max") and number > self.rules["max"] + slack("max"):
                return "max"
            if number is not None and self.keeps("step") and self.holes.get("step") != "lax" and number != int(number):
                return "step"
        if self.kind == "day":
            # Bounds are compared as texts; those that are off let a month through.
            year = lambda text, months: f"{int(text[:4]):04}-{int(text[5:7]) + months:02}{text[7:]}"
            if self.keeps("min") and self.holes.get("min") != "lax" and value[:1].isdigit() and value < self.rules["min"]:
                return "min"
            if self.keeps("max") and self.holes.get("max") != "lax" and value[:1].isdigit() and value > self.rules["max"]:
                return "max"
        if self.keeps("pattern"):
            pattern = self.rules["pattern"]
            fits = re.fullmatch(pattern, value) if self.holes.get("pattern") != "lax" else re.search("[A-Za-z0-9]", value)
            if not fits:
                return "pattern"
        return ""

    @staticmethod
    def is_date(value):
        import datetime
        try:
            return bool(datetime.date.fromisoformat(value)) and len(value) == 10
        except ValueError:
            return False


class Form:
    def __init__(self, seed, number):
        rng = random.Random(f"{seed}-{number}")
        self.number, self.path = number, f"/form/{number}"
        self.answer = rng.choice(ANSWERS)
        self.words = WORDS[rng.choice(sorted(WORDS))]
        self.at_fields, self.one_at_a_time = rng.random() < 0.6, rng.random() < 0.4
        self.trap = rng.random() < 0.15
        self.limit = rng.choice([403, 429]) if rng.random() < 0.06 else 0
        self.allowed = rng.randint(1, 6)
        kinds = rng.sample(["text", "email", "number", "day", "code", "choice", "box", "note"], rng.randint(1, 3))
        self.fields = [Field(rng, index, kind) for index, kind in enumerate(kinds)]
        self.repeated = None
        if rng.random() < 0.35:
            password = Field(rng, len(self.fields), "password")
            self.fields.append(password)
            if rng.random() < 0.7:
                self.repeated = rng.choice(["confirmation", "again", "2"])
        self.posts = 0

    def password(self):
        return next((field for field in self.fields if field.kind == "password"), None)

    def page(self, sent=None, errors=(), note=""):
        """The form, with errors as pairs of a field's name (or none) and words."""
        above = inside = ""
        for field in self.fields:
            mine = [words for name, words in errors if name == field.name] if self.at_fields and self.answer != "bare" else []
            more = f'aria-invalid=true aria-describedby="{field.name}_why"' if mine else ""
            inside += f"<p><label for={field.name}>{field.label}</label>{field.control((sent or {}).get(field.name, ''), more)}"
            inside += f'<small class=error id="{field.name}_why">{html.escape("; ".join(mine))}</small></p>' if mine else "</p>"
            if field.kind == "password" and self.repeated:
                name = f"{field.name}_{self.repeated}"
                inside += f"<p><label for={name}>{field.label}, once more</label><input type=password required id={name} name={name}></p>"
        if self.trap:
            inside += '<div style="position: absolute; left: -9999px" aria-hidden=true><label>Leave this empty <input name=homepage tabindex=-1></label></div>'
        left = [words for name, words in errors if not (self.at_fields and self.answer != "bare" and name)]
        if left:
            kind = {"bare": "<div class=box>{}</div>", "toast": "<div class=snackbar role=status>{}</div>"}.get(self.answer, "<div class=alert role=alert>{}</div>")
            above += kind.format("<br>".join(html.escape(words) for words in left))
        if note:
            above += f"<div class=snackbar role=status>{note}</div>"
        return f"<h1>Form {self.number}</h1>{above}<form method=post action={self.path}>{inside}<button>Send</button></form>"

    def errors(self, sent, taken):
        found = []
        for field in self.fields:
            broken = field.broken(sent)
            value = (sent.get(field.name) or "").strip()
            if broken:
                found.append((field.name, self.words[broken].format(field.label)))
            elif field.unique and value and (self.number, field.name, value) in taken:
                found.append((field.name, self.words["taken"].format(field.label)))
            if field.kind == "password" and self.repeated and sent.get(field.name) != sent.get(f"{field.name}_{self.repeated}"):
                found.append((field.name, self.words["same"]))
        return found[:1] if self.one_at_a_time else found

    def truth(self):
        for field in self.fields:
            for rule in field.rules:
                # Two ways of reading a choice that is not offered are the same.
                yield field.label, rule, "blocked" if self.limit else "hole" if rule in field.holes else "kept"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536
    forms, taken, flashes = {}, set(), {}

    def form(self):
        number = int(urllib.parse.urlsplit(self.path).path.split("/")[2])
        return self.forms.setdefault(number, Form(sys.argv[3], number))

    def send(self, body, status=200, headers=(), type="text/html; charset=utf-8"):
        content = body.encode() if type.startswith("application") else f"<!doctype html><html lang=en><title>x</title><body>{body}".encode()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        if self.path.startswith("/form/"):
            form = self.form()
            flash = self.flashes.pop(self.path, None) if "?" in self.path else None
            self.send(form.page(*flash) if flash else form.page())
        elif self.path.startswith("/done/"):
            self.send("<h1>Done</h1><p>We have it.</p>")
        else:
            self.send("<h1>Ready</h1>")

    def do_POST(self):
        form = self.form()
        sent = {name: values[0] for name, values in urllib.parse.parse_qs(
            self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True).items()}
        form.posts += 1
        if form.limit and form.posts > form.allowed:
            return self.send("<h1>Stop</h1>", form.limit, [("Retry-After", "3600")] if form.limit == 429 else [])
        if form.trap and sent.get("homepage"):
            return self.accept(form, sent)
        errors = form.errors(sent, self.taken)
        if errors:
            return self.refuse(form, sent, errors)
        for field in form.fields:
            value = (sent.get(field.name) or "").strip()
            if field.unique and value:
                self.taken.add((form.number, field.name, value))
                with open(sys.argv[4], "a") as kept:
                    kept.write(json.dumps([form.number, field.name, value]) + "\n")
        self.accept(form, sent)

    def accept(self, form, sent):
        if form.answer in ("json", "problem"):
            self.send(json.dumps({"id": form.posts}), 201, type="application/json")
        elif form.answer == "json200":
            self.send(json.dumps({"success": True}), type="application/json")
        elif form.answer in ("toast", "bare"):
            self.send(form.page(note=form.words["done"]))
        else:
            self.send("", 303, [("Location", f"/done/{form.posts}")])

    def refuse(self, form, sent, errors):
        placed = {}
        for name, words in errors:
            placed.setdefault(name, []).append(words)
        if form.answer == "json":
            self.send(json.dumps({"errors": placed if form.at_fields else [words for _, words in errors]}), 422, type="application/json")
        elif form.answer == "json200":
            self.send(json.dumps({"success": False, "errors": placed} if form.at_fields else {"success": False, "message": errors[0][1]}),
                      type="application/json")
        elif form.answer == "problem":
            self.send(json.dumps({"type": "about:blank", "title": "Bad Request", "status": 400,
                                  "errors": [{"field": name, "message": words} for name, words in errors]}), 400, type="application/problem+json")
        elif form.answer == "redirect":
            self.flashes[f"{form.path}?wrong={form.posts}"] = (sent, errors)
            self.send("", 303, [("Location", f"{form.path}?wrong={form.posts}")])
        else:
            self.send(form.page(sent, errors), 422 if form.answer == "page" else 200)

    def log_message(self, *_):
        pass


if sys.argv[1] == "truth":
    for number in range(int(sys.argv[3])):
        form = Form(sys.argv[2], number)
        for label, rule, truth in form.truth():
            print(number, form.answer, label, rule, truth, sep="\t")
else:
    try:
        with open(sys.argv[4]) as kept:
            Handler.taken.update(tuple(json.loads(line)) for line in kept)
    except FileNotFoundError:
        pass
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
