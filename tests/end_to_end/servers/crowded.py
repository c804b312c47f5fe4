"""Pages with very much of one thing: crowded.py PORT; GET /KIND/NUMBER. Listens on 127.0.0.1."""
import http.server
import sys

PIECES = {
    "inputs": lambda i: "<input name=a>",
    "selects": lambda i: "<select></select>",
    "links": lambda i: "<a href=x>y</a>",
    "options": lambda i: "<option>x" if i else "<select name=s><option>x",
    "radios": lambda i: f"<input type=radio name=r{i}>",
    "words": lambda i: "a" * 50 + " ",
    "forms": lambda i: f"<form action=/a{i}><label>F{i}<input name=f{i}></label><button>B{i}</button></form>",
}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_GET(self):
        body = "<!doctype html><title>Crowded</title>"
        parts = self.path.strip("/").split("/")
        if len(parts) == 2:
            piece = PIECES[parts[0]]
            around = "{}" if parts[0] in ("forms", "links", "words") else "<form>{}</form>"
            body += around.format("".join(piece(i) for i in range(int(parts[1]))))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())
        if len(parts) == 2:
            open("served", "w").close()  # whoever waits for the page to be read looks for it


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
