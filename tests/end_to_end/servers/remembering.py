"""An app that remembers what it was asked, so that a test can tell the order and the company of requests.

    remembering.py PORT

/log           every path asked for until now
/flaky/NAME    "Not yet" the first time, "Welcome" from then on
/cut/NAME      the connection is closed twice, as clients ask again on a new one themselves; "Welcome" from then on
/begin/NAME    409 while NAME was begun and not ended
/end/NAME
/meet/NAME     answered when two are there; 504 when nobody else comes
/down/NAME     500
/person/NAME   a page about NAME, with a number of its own
/wait          never answered; writes "waiting" to the FIFO that MARKER names
anything else  "Welcome"
"""
import os
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

lock = threading.Lock()
log, flaky, begun, numbers = [], set(), set(), {}
meetings, cut = {}, {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one go

    def answer(self, words, status=200):
        body = f"<!doctype html><title>Remembering</title><p>{words}".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        _, verb, *rest = self.path.split("/")
        name = rest[0] if rest else ""
        if verb == "log":
            with lock:
                return self.answer(" ".join(log))
        with lock:
            log.append(self.path)
        if verb == "flaky":
            with lock:
                first = name not in flaky
                flaky.add(name)
            return self.answer("Not yet" if first else "Welcome")
        if verb == "cut":
            with lock:
                cut[name] = cut.get(name, 0) + 1
            if cut[name] <= 2:
                self.close_connection = True
                return self.connection.shutdown(socket.SHUT_RDWR)
            return self.answer("Welcome")
        if verb == "begin":
            with lock:
                taken = name in begun
                begun.add(name)
            return self.answer("taken" if taken else "Welcome", 409 if taken else 200)
        if verb == "end":
            with lock:
                begun.discard(name)
            return self.answer("Welcome")
        if verb == "meet":
            with lock:
                meeting = meetings.setdefault(name, threading.Barrier(2, timeout=30))
            try:
                meeting.wait()
            except threading.BrokenBarrierError:
                return self.answer("nobody came", 504)
            return self.answer("Welcome")
        if verb == "down":
            return self.answer("Sorry", 500)
        if verb == "person":
            with lock:
                number = numbers.setdefault(name, 100 + len(numbers))
            return self.answer(f"Welcome, <b id=number>{number}</b> is <i>{name}</i>")
        if verb == "wait":
            with open(os.environ["MARKER"], "w") as marker:
                marker.write("waiting\n")
            self.rfile.read()  # until the client leaves
            return
        return self.answer("Welcome")

    def log_message(self, *_):
        print(self.command, self.path, flush=True)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
