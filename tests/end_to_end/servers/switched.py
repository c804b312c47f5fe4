"""An app whose faults are switched on by a file.

    switched.py PORT

Serves from the current folder: /ready, /login, and every other page to anyone. A page that broken.txt names in a line
of its own answers 500; with "everyone" in it, the dashboard opens without a session.
"""
import http.server
import pathlib
import sys

LOGIN = (b"<title>Sign in</title><form method=post action=/login><label>Email <input name=email type=email></label>"
         b"<label>Password <input name=password type=password></label><button>Sign in</button></form>")


class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        broken = pathlib.Path("broken.txt")
        faults = broken.read_text().split() if broken.exists() else []
        if self.path in faults:
            print(f"no such column: {self.path[1:].replace('-', '_')}_hash", flush=True)
            self.answer(500, b"<h1>Internal Server Error</h1>")
        elif self.path == "/dashboard" and "everyone" not in faults:
            self.answer(302, b"", ("Location", "/login"))
        elif self.path == "/dashboard":
            self.answer(200, b"<title>Dashboard</title><p data-user>Ada</p>")
        elif self.path == "/login":
            self.answer(200, LOGIN)
        else:
            self.answer(200, b"<title>Page</title><p>Welcome</p>")

    def answer(self, status, body, *headers):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), App).serve_forever()
