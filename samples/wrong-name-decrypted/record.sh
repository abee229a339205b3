title='The wrong name in TLS 1.3, seen with the keys'
group=certificate
shows='as wrong-name-tls13, but the key log shows the certificate that the client rejected'
outcome=established
finding=certificate-name-mismatch
keys=yes
programs=(curl nginx dnsmasq)
story='As wrong-name-tls13, recorded with SSLKEYLOGFILE set: the certificate of shop.example.com can be read, and why the client
closed without a request is clear.'
proof=('tls.handshake.type == 11 and x509ce.dNSName == "shop.example.com"' 'tcp.flags.fin == 1 and tcp.dstport == 443')
never=('http2.headers.method' 'tls.alert_message.level == 2')
said='no alternative certificate subject name matches'

play() {
    resolver_knows www.example.com 203.0.113.55
    wrong_name_over_http2
}
