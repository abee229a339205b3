title='The certificate has expired'
group=certificate
shows='the client sends certificate_expired: the certificate expired ten days before'
outcome=alert
finding=certificate-expired
programs=(curl nginx dnsmasq)
story='nginx serves a certificate that expired ten days ago. curl (OpenSSL) ends the TLS 1.2 handshake with the fatal
alert certificate_expired; its user reads "SSL certificate problem: certificate has expired".'
proof=('tls.handshake.type == 11' 'tls.alert_message.desc == 45 and tcp.dstport == 443')
said='certificate has expired'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www expired 'ssl_protocols TLSv1.2;'
    client_curl -4 https://www.example.com/
}
