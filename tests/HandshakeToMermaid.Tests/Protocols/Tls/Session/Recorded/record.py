#!/usr/bin/env python3
"""Records what TLS says behind its first handshake: "KEY LINE" of the key log, then "> HEX" from the client, "< HEX" from the server.

    record.py      needs openssl in the PATH; writes a file per case beside itself
"""
import os, socket, ssl, subprocess, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = tempfile.mkdtemp()
CERT, KEY = os.path.join(WORK, "cert.pem"), os.path.join(WORK, "key.pem")
subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=one.example", "-days", "3650", "-keyout", KEY, "-out", CERT],
               check=True, capture_output=True)


def write(name, keys, log):
    with open(os.path.join(HERE, name + ".txt"), "w", encoding="ascii") as out:
        out.writelines(f"KEY {line}" for line in open(keys, encoding="ascii") if not line.startswith("#"))
        out.writelines(f"{sign} {data.hex()}\n" for sign, data in log)


def pump(source, sink, sign, log):
    try:
        while data := source.recv(65536):
            log.append((sign, data))
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def by_openssl(name, server_args, client_args, typed):
    """typed: what is typed into s_client, a fifth of a second apart; its letters R, k, K and Q are commands."""
    keys = os.path.join(WORK, name)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(["openssl", "s_server", "-accept", str(port), "-cert", CERT, "-key", KEY, "-naccept", "1", "-rev", *server_args],
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.4)
    listener = socket.create_server(("127.0.0.1", 0))
    client = subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{listener.getsockname()[1]}", "-keylogfile", keys, *client_args],
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    left, _ = listener.accept()
    right = socket.create_connection(("127.0.0.1", port))
    log = []
    pumps = [threading.Thread(target=pump, args=a) for a in ((left, right, ">", log), (right, left, "<", log))]
    for thread in pumps:
        thread.start()
    for line in typed:
        time.sleep(0.3)
        client.stdin.write(line)
        client.stdin.flush()
    time.sleep(0.3)
    client.wait(5)
    server.terminate()
    server.wait()
    for thread in pumps:
        thread.join()
    write(name, keys, log)


def by_memory(name, prepare, talk):
    """Both ends in this process; talk(client, server, move) says who does what."""
    keys = os.path.join(WORK, name)
    server_context, client_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    server_context.load_cert_chain(CERT, KEY)
    client_context.load_verify_locations(CERT)
    client_context.check_hostname = False
    client_context.keylog_filename = keys
    prepare(client_context, server_context)
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    from_server = ssl.MemoryBIO()
    from_client = ssl.MemoryBIO()
    client = client_context.wrap_bio(to_client, from_client, server_hostname="one.example")
    server = server_context.wrap_bio(to_server, from_server, server_side=True)
    log = []

    def move():
        for sign, source, sink in ((">", from_client, to_server), ("<", from_server, to_client)):
            if data := source.read():
                log.append((sign, data))
                sink.write(data)

    def until_done(end, action):
        for _ in range(20):
            try:
                return action()
            except ssl.SSLWantReadError:
                move()
                other = server if end is client else client
                try:
                    other.do_handshake()
                except ssl.SSLWantReadError:
                    pass
                move()

    until_done(client, client.do_handshake)
    move()
    talk(client, server, move)
    move()
    write(name, keys, log)


def ask_later(client, server, move):
    client.write(b"GET /private HTTP/1.1\r\nHost: one.example\r\n\r\n")
    move()
    server.read(1000)
    server.verify_client_post_handshake()
    server.do_handshake()
    move()
    for _ in range(3):
        try:
            client.read(1000)
        except ssl.SSLWantReadError:
            pass
        move()
        try:
            server.read(1000)
        except ssl.SSLWantReadError:
            pass
        move()
    server.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    move()
    client.read(1000)
    for end in (client, server):
        try:
            end.unwrap()
        except ssl.SSLWantReadError:
            pass
        move()


def with_later_authentication(client, server):
    client.post_handshake_auth = True
    client.load_cert_chain(CERT, KEY)
    server.load_verify_locations(CERT)
    server.post_handshake_auth = True
    server.verify_mode = ssl.CERT_OPTIONAL


by_openssl("key-update", ["-tls1_3"], ["-tls1_3"], [b"one\n", b"k\n", b"two\n", b"K\n", b"three\n", b"four\n", b"Q\n"])
by_openssl("renegotiation", ["-tls1_2", "-client_renegotiation"], ["-tls1_2"], [b"one\n", b"R\n", b"two\n", b"Q\n"])
by_openssl("renegotiation-cbc", ["-tls1", "-client_renegotiation", "-cipher", "ALL:@SECLEVEL=0"], ["-tls1", "-cipher", "AES128-SHA:@SECLEVEL=0"], [b"one\n", b"R\n", b"two\n", b"Q\n"])
by_memory("later-authentication", with_later_authentication, ask_later)
