title='Must-staple, but no staple'
group=certificate
shows='the certificate requires a stapled OCSP response (RFC 7633) and the server sends none'
outcome=alert
finding=must-staple-missing
programs=(gnutls-cli nginx dnsmasq)
story='The certificate carries the TLS feature status_request, but nginx was not set to staple. gnutls-cli, which checks
it, ends the handshake.'
proof=('tls.handshake.type == 11' 'tls.alert_message.level == 2 and tcp.dstport == 443')
never=('tls.handshake.type == 22')
said='OCSP status'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www staple 'ssl_protocols TLSv1.2;'
    client_gnutls www.example.com
}
