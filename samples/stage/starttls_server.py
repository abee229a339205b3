"""A server that speaks in clear before TLS: starttls_server.py smtp PORT CHAIN KEY, starttls_server.py postgres-refuses PORT."""
import socket
import ssl
import sys

mode, port, files = sys.argv[1], int(sys.argv[2]), sys.argv[3:]


def smtp(connection):
    lines = connection.makefile("rwb", buffering=0)
    lines.write(b"220 www.example.com ESMTP\r\n")
    while line := lines.readline():
        command = line.split()[0].upper()
        if command == b"EHLO":
            lines.write(b"250-www.example.com\r\n250-SIZE 10240000\r\n250-STARTTLS\r\n250 8BITMIME\r\n")
        elif command == b"STARTTLS":
            lines.write(b"220 2.0.0 Ready to start TLS\r\n")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*files)
            with context.wrap_socket(connection, server_side=True) as secure:
                while data := secure.recv(4096):
                    if data.upper().startswith(b"QUIT"):
                        secure.sendall(b"221 2.0.0 Bye\r\n")
                        secure.unwrap()
                        return
        elif command == b"QUIT":
            lines.write(b"221 2.0.0 Bye\r\n")
            return
        else:
            lines.write(b"502 5.5.2 Not here\r\n")


def postgres_refuses(connection):
    if connection.recv(8):
        connection.sendall(b"N")
    connection.recv(4096)


with socket.create_server(("0.0.0.0", port)) as server:
    while True:
        with server.accept()[0] as connection:
            try:
                {"smtp": smtp, "postgres-refuses": postgres_refuses}[mode](connection)
            except OSError:
                pass
