#!/usr/bin/env python3
"""Records handshakes of OpenSSL and GnuTLS, one file each: the master secret, and every record in the order it was sent.

Needs openssl and gnutls-bin. Writes NAME.txt beside itself."""
import os, re, socket, subprocess, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = tempfile.mkdtemp()


def run(*args):
    subprocess.run(args, cwd=WORK, check=True, capture_output=True)


def certificate(name, *kind):
    run('openssl', 'req', '-x509', '-nodes', '-days', '3650', '-subj', f'/CN={name}', '-keyout', f'{name}.key', '-out', f'{name}.crt', *kind)


certificate('rsa', '-newkey', 'rsa:2048')
certificate('ec', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384')
run('openssl', 'dsaparam', '-out', 'dsa.pem', '2048')
certificate('dsa', '-newkey', 'dsa:dsa.pem')
run('openssl', 'genpkey', '-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'pss.key')
run('openssl', 'req', '-x509', '-key', 'pss.key', '-days', '3650', '-subj', '/CN=pss', '-out', 'pss.crt')


class Proxy(threading.Thread):
    """Passes one connection on and keeps its records."""

    def __init__(self, to):
        super().__init__(daemon=True)
        self.to, self.records, self.lock = to, [], threading.Lock()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        client, _ = self.listener.accept()
        server = socket.create_connection(('127.0.0.1', self.to))
        back = threading.Thread(target=self.pump, args=(server, client, 'S'), daemon=True)
        back.start()
        self.pump(client, server, 'C')
        back.join(5)

    def pump(self, source, target, mark):
        held = b''
        while True:
            try:
                got = source.recv(65536)
            except OSError:
                got = b''
            if not got:
                break
            held += got
            while len(held) >= 5 and len(held) >= 5 + int.from_bytes(held[3:5], 'big'):
                length = 5 + int.from_bytes(held[3:5], 'big')
                with self.lock:
                    self.records.append((mark, held[:length].hex()))
                target.sendall(held[:length])
                held = held[length:]
        try:
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as s:
        return s.getsockname()[1]


def record(name, server, client, data=b'ping\n', env=None):
    port = free_port()
    keys = os.path.join(WORK, name + '.keys')
    process = subprocess.Popen([a.format(port=port) for a in server], cwd=WORK, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.4)
        proxy = Proxy(port)
        proxy.start()
        peer = subprocess.Popen([a.format(port=proxy.port, keys=keys) for a in client], cwd=WORK, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                env=dict(os.environ, SSLKEYLOGFILE=keys))
        time.sleep(0.5)
        peer.stdin.write(data)
        peer.stdin.flush()
        time.sleep(0.5)
        peer.stdin.close()
        try:
            peer.wait(2)
        except subprocess.TimeoutExpired:
            peer.terminate()
        proxy.join(2)
    finally:
        process.terminate()
        process.wait(5)
    secrets = [line.split() for line in open(keys) if not line.startswith('#')] if os.path.exists(keys) else []
    if not secrets:
        print(name, 'did not complete')
        return
    with open(os.path.join(HERE, name + '.txt'), 'w') as out:
        for label, _, secret in secrets:
            out.write(f'{label} {secret}\n')
        for mark, text in proxy.records:
            out.write(f'{mark} {text}\n')


def openssl(name, version, suite, key='rsa', mutual=None, *extra):
    server = ['openssl', 's_server', '-quiet', '-rev', '-accept', '{port}', '-cert', f'{key}.crt', '-key', f'{key}.key', '-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0', version]
    client = ['openssl', 's_client', '-quiet', '-no_ign_eof', '-connect', '127.0.0.1:{port}', '-cipher', f'{suite}:@SECLEVEL=0', version, '-keylogfile', '{keys}', *extra]
    if mutual:
        server += ['-verify', '1']
        client += ['-cert', f'{mutual}.crt', '-key', f'{mutual}.key']
    record(name, server, client)


def gnutls(name, priority, key='rsa'):
    server = ['gnutls-serv', '--echo', '-q', '-p', '{port}', '--x509certfile', f'{key}.crt', '--x509keyfile', f'{key}.key', '--priority', priority]
    client = ['gnutls-cli', '--insecure', '-p', '{port}', '127.0.0.1', '--priority', priority]
    record(name, server, client)


openssl('tls10-rsa-aes128-sha', '-tls1', 'AES128-SHA')
openssl('tls10-ecdhe-aes256-sha-mutual', '-tls1', 'ECDHE-RSA-AES256-SHA', 'rsa', 'rsa')
openssl('tls10-dhe-dss-aes128-sha', '-tls1', 'DHE-DSS-AES128-SHA', 'dsa', 'dsa')
openssl('tls11-ecdhe-ecdsa-aes128-sha-mutual', '-tls1_1', 'ECDHE-ECDSA-AES128-SHA', 'ec', 'ec')
openssl('tls12-ecdhe-rsa-aes128-sha256', '-tls1_2', 'ECDHE-RSA-AES128-SHA256', 'rsa', 'rsa')
openssl('tls12-ecdhe-ecdsa-aes256-sha384', '-tls1_2', 'ECDHE-ECDSA-AES256-SHA384', 'ec', 'dsa')
openssl('tls12-rsa-null-sha256', '-tls1_2', 'NULL-SHA256')
openssl('tls12-rsa-null-md5', '-tls1_2', 'NULL-MD5')
openssl('tls12-ecdhe-rsa-aes128-gcm', '-tls1_2', 'ECDHE-RSA-AES128-GCM-SHA256', 'pss', 'ec')
openssl('tls12-ecdhe-rsa-aes256-gcm', '-tls1_2', 'ECDHE-RSA-AES256-GCM-SHA384')
openssl('tls12-ecdhe-rsa-chacha20', '-tls1_2', 'ECDHE-RSA-CHACHA20-POLY1305')
openssl('tls12-ecdhe-ecdsa-aes128-ccm', '-tls1_2', 'ECDHE-ECDSA-AES128-CCM', 'ec')
openssl('tls12-ecdhe-ecdsa-aes256-ccm8', '-tls1_2', 'ECDHE-ECDSA-AES256-CCM8', 'ec')
openssl('tls12-dhe-rsa-aes128-gcm-sha512', '-tls1_2', 'DHE-RSA-AES128-GCM-SHA256', 'rsa', None, '-sigalgs', 'RSA+SHA512')
gnutls('tls10-rsa-3des-sha', 'NONE:+VERS-TLS1.0:+3DES-CBC:+SHA1:+RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL:%NO_EXTENSIONS')
gnutls('tls12-rsa-rc4-md5', 'NONE:+VERS-TLS1.2:+ARCFOUR-128:+MD5:+RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL')
gnutls('tls11-ecdhe-rc4-sha', 'NONE:+VERS-TLS1.1:+ARCFOUR-128:+SHA1:+ECDHE-RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL')
gnutls('tls12-aes128-sha-no-etm', 'NONE:+VERS-TLS1.2:+AES-128-CBC:+SHA1:+ECDHE-RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL:%NO_ETM')
gnutls('tls10-aes128-sha-etm', 'NONE:+VERS-TLS1.0:+AES-128-CBC:+SHA1:+ECDHE-RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL')
