#!/usr/bin/env python3
"""Records real handshakes of OpenSSL through a proxy: one line per read, "> HEX" from the client, "< HEX" from the server.

    record.py DIRECTORY      needs openssl in the PATH; writes NAME.txt for every entry of CASES
"""
import os, socket, subprocess, sys, tempfile, threading, time

CASES = {
    "tls12-ecdhe": (["-tls1_2"], ["-tls1_2", "-servername", "one.example", "-alpn", "h2,http/1.1"]),
    "tls12-dhe-mutual": (["-tls1_2", "-Verify", "1", "-cipher", "DHE-RSA-AES128-SHA"], ["-tls1_2", "-cert", "CERT", "-key", "KEY", "-cipher", "DHE-RSA-AES128-SHA"]),
    "tls13": (["-tls1_3"], ["-tls1_3", "-servername", "one.example"]),
    "tls13-retry": (["-tls1_3", "-groups", "P-384"], ["-tls1_3", "-groups", "X25519:P-384"]),
}


def pump(source, sink, sign, log):
    try:
        while data := source.recv(65536):
            log.append(f"{sign} {data.hex()}")
            sink.sendall(data)
    except OSError:
        pass
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def main(target):
    with tempfile.TemporaryDirectory() as work:
        cert, key = os.path.join(work, "cert.pem"), os.path.join(work, "key.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=one.example", "-days", "3650",
                        "-keyout", key, "-out", cert], check=True, capture_output=True)
        for number, (name, (server_args, client_args)) in enumerate(CASES.items()):
            port = 20443 + 2 * number
            server = subprocess.Popen(["openssl", "s_server", "-accept", str(port), "-cert", cert, "-key", key, "-naccept", "1", "-www", *server_args],
                                      stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.4)
            listener = socket.create_server(("127.0.0.1", port + 1))
            client_args = [{"CERT": cert, "KEY": key}.get(a, a) for a in client_args]
            client = subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{port + 1}", "-quiet", *client_args],
                                      stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            left, _ = listener.accept()
            right = socket.create_connection(("127.0.0.1", port))
            log = []
            pumps = [threading.Thread(target=pump, args=a) for a in ((left, right, ">", log), (right, left, "<", log))]
            for thread in pumps:
                thread.start()
            time.sleep(0.4)
            client.stdin.write(b"GET / HTTP/1.0\r\n\r\n")
            client.stdin.flush()
            time.sleep(0.4)
            for process in (client, server):
                process.terminate()
                process.wait()
            for thread in pumps:
                thread.join()
            with open(os.path.join(target, name + ".txt"), "w", encoding="ascii") as out:
                out.write("\n".join(log[:12]) + "\n")


main(sys.argv[1])
