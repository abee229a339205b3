title='The wrong name in TLS 1.3: the client closes without a request'
group=certificate
shows='the client completes the handshake and closes without having sent a request; the certificate is encrypted'
outcome=established
finding=closed-without-request
programs=(curl nginx dnsmasq)
story='As wrong-name-after-handshake, but in TLS 1.3 and HTTP/2. The certificate is encrypted, so the capture shows only that
the client connected and closed at once. It may have rejected the certificate, as curl did here, or it had opened the
connection in advance; only the client or its keys can show which (wrong-name-decrypted).'
proof=('tls.handshake.type == 2 and tls.handshake.extensions.supported_version == 0x0304' 'tcp.flags.fin == 1 and tcp.dstport == 443')
never=('tls.alert_message.level == 2')
said='no alternative certificate subject name matches'

play() {
    resolver_knows www.example.com 203.0.113.55
    wrong_name_over_http2
}
