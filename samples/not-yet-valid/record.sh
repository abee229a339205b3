title='The certificate is not yet valid'
group=certificate
shows='the certificate becomes valid in five days, or the client'\''s clock is wrong'
outcome=alert
finding=certificate-not-yet-valid
programs=(curl nginx dnsmasq)
story='nginx serves a certificate whose validity begins in five days. curl (OpenSSL) answers with the alert
bad_certificate.'
proof=('tls.handshake.type == 11' 'tls.alert_message.desc == 42 and tcp.dstport == 443')
said='not yet valid'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www future 'ssl_protocols TLSv1.2;'
    client_curl -4 https://www.example.com/
}
