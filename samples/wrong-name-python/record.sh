title='The wrong name in TLS 1.3, rejected with an alert'
group=certificate
shows='Python checks the name within the handshake and sends bad_certificate; the certificate is encrypted'
outcome=alert
finding=alert-bad-certificate
programs=(python3 nginx dnsmasq)
story='Python compares the names within the handshake and ends it with the alert bad_certificate, in the clear since the client
has no keys of its own yet. The alert says that the certificate was rejected; the certificate itself is encrypted, so
the capture does not show what was wrong with it: its name.'
proof=('tls.handshake.type == 2 and tls.handshake.extensions.supported_version == 0x0304'
       'tls.alert_message.desc == 42 and tcp.dstport == 443')
said='Hostname mismatch'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www shop 'ssl_protocols TLSv1.3;'
    client python3 - "$pki/root.pem" <<'END'
import socket, ssl, sys

context = ssl.create_default_context(cafile=sys.argv[1])
context.wrap_socket(socket.create_connection(("www.example.com", 443)), server_hostname="www.example.com")
END
}
