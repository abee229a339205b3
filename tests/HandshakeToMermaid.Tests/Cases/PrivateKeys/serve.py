"""Answers several connections at once, which openssl s_server does not: serve.py PORT CERTIFICATE KEY"""
import socketserver
import ssl
import sys

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.maximum_version = ssl.TLSVersion.TLSv1_2
context.set_ciphers("AES128-GCM-SHA256")
context.load_cert_chain(sys.argv[2], sys.argv[3])


class Answer(socketserver.BaseRequestHandler):
    def handle(self):
        with context.wrap_socket(self.request, server_side=True) as stream:
            asked = b""
            while b"\r\n\r\n" not in asked and (more := stream.recv(4096)):
                asked += more
            stream.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("", int(sys.argv[1])), Answer).serve_forever()
