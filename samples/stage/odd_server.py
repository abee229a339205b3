"""A server that does what servers should not do, on port 443 or another: odd_server.py 5432 silent.

    odd_server.py reset             reads the first bytes, then resets the connection
    odd_server.py close             reads the first bytes, then closes without a word
    odd_server.py silent            reads and never answers
    odd_server.py slow SECONDS CHAIN KEY
                                    TLS, but thinks for SECONDS before it answers the ClientHello
    odd_server.py curt CHAIN KEY    TLS, but closes without close_notify after its answer
"""
import socket
import ssl
import struct
import sys
import time

FIRST_BYTES = 16384


def reset(connection):
    connection.recv(FIRST_BYTES)
    # Lingering for zero seconds turns close() into a RST.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def close(connection):
    connection.recv(FIRST_BYTES)
    connection.close()


def silent(connection):
    while connection.recv(FIRST_BYTES):
        pass
    connection.close()


def slow(connection, seconds, chain, key):
    connection.recv(1, socket.MSG_PEEK)
    time.sleep(float(seconds))
    answer(connection, chain, key).unwrap().close()


def curt(connection, chain, key):
    answer(connection, chain, key).close()


def answer(connection, chain, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    secure = context.wrap_socket(connection, server_side=True)
    secure.recv(FIRST_BYTES)
    secure.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nIt works.\n")
    return secure


def main():
    arguments = sys.argv[1:]
    port = int(arguments.pop(0)) if arguments[0].isdigit() else 443
    behave = {"reset": reset, "close": close, "silent": silent, "slow": slow, "curt": curt}[arguments.pop(0)]
    listener = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
    while True:
        connection, _ = listener.accept()
        behave(connection, *arguments)


main()
