"""A web app that is broken: it writes an error to its console and answers every request with it.

    broken.py PORT STATUS ERROR

Answers STATUS with the text of the file ERROR, as a debug page does.
"""
import html
import http.server
import sys

error = open(sys.argv[3], encoding="utf-8").read()


class Broken(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print(error, file=sys.stderr, flush=True)
        page = f"<!doctype html><title>Error</title><pre>{html.escape(error)}</pre>".encode()
        self.send_response(int(sys.argv[2]))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Broken).serve_forever()
