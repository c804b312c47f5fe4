"""Takes alerts, as a chat or an on-call service does.

    alert_sink.py [STATUS...]

Listens on a free port of 127.0.0.1 and prints it. Prints a line of JSON for each request: method, path, headers and
body. Answers with each STATUS in turn ("429:1" with Retry-After of one second), and then with 200. "503*" is the answer
until SIGUSR1 comes.
"""
import json
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

answers = sys.argv[1:]
signal.signal(signal.SIGUSR1, lambda *_: answers.clear())


class Handler(BaseHTTPRequestHandler):
    def take(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        answer = answers[0] if answers else "200"
        if answers and not answer.endswith("*"):
            answers.pop(0)
        answer, _, wait = answer.rstrip("*").partition(":")
        print(
            json.dumps(
                {
                    "answer": answer,
                    "method": self.command,
                    "path": self.path,
                    "headers": dict(self.headers.items()),
                    "body": body,
                }
            ),
            flush=True,
        )
        self.send_response(int(answer))
        if wait:
            self.send_header("Retry-After", wait)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = take

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
