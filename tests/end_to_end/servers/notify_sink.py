"""Takes what a service tells its manager, as systemd does.

    notify_sink.py NAME

Binds NAME, a path or an abstract name behind an @, and says "listening". Prints a line for each message.
"""
import signal
import socket
import sys

name = sys.argv[1]
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
taker = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
taker.bind("\0" + name[1:] if name.startswith("@") else name)
print("listening", flush=True)
while True:
    print(taker.recv(4096).decode().replace("\n", " "), flush=True)
