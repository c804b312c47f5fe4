"""A web server that misbehaves in the way the path of a request names.

    misbehaving.py PORT [CERTIFICATE KEY]

Listens on 127.0.0.1, speaks TLS when it is given a certificate, and prints each request's first line.
"""
import gzip
import os
import socket
import ssl
import sys
import threading


def page(body, *headers):
    head = ["HTTP/1.1 200 OK", "Content-Type: text/html", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


def closes_before(connection):
    pass


def closes_in_the_header(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Ty")


def closes_in_the_body(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>Welc")


def answers_garbage(connection):
    connection.sendall(b"\x01\x02 who goes there?\r\n\r\n")


def never_answers(connection):
    while connection.recv(4096):
        pass


def endless_body(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def endless_header(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"x" * 1000 + b"\r\n")


def gzip_bomb(connection):
    connection.sendall(page(gzip.compress(bytes(300_000_000), 1), "Content-Encoding: gzip"))


def nested_divisions(connection):
    connection.sendall(page(b"<!doctype html><title>Deep</title>" + b"<div>" * 2_000_000))


def redirects_in_a_circle(connection):
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /redirects-in-a-circle\r\nContent-Length: 0\r\n\r\n")


def dies(connection):
    print("fatal: the disk is on fire", flush=True)
    os._exit(7)


def ready(connection):
    connection.sendall(page(b"<!doctype html><title>Ready</title><p>Ready"))


def serve(connection, context):
    try:
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        request = connection.makefile("rb")
        while line := request.readline():
            print(line.decode(errors="replace").strip(), flush=True)
            while request.readline().strip():
                pass
            behaviour = line.split()[1].decode().strip("/").replace("-", "_") or "ready"
            globals()[behaviour](connection)
            if behaviour not in ("ready", "redirects_in_a_circle", "gzip_bomb", "nested_divisions"):
                break
    except OSError:
        pass  # the client has seen enough
    finally:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        connection.close()


def main(port, certificate=None, key=None):
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", int(port)))
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, context), daemon=True).start()


main(*sys.argv[1:])
