title='The OCSP staple says: revoked'
group=certificate
shows='the server'\''s own stapled OCSP response says that its certificate is revoked'
outcome=alert
finding=certificate-revoked
programs=(gnutls-cli nginx openssl dnsmasq)
story='The certificate was revoked because its key leaked, and the OCSP response that nginx staples says so. gnutls-cli
reads it and ends the handshake.'
proof=('tls.handshake.type == 22 and ocsp.certStatus == 1' 'tls.alert_message.level == 2 and tcp.dstport == 443')
said='revoked'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www revoked "ssl_protocols TLSv1.2; ssl_stapling on; ssl_stapling_file $pki/revoked.ocsp;"
    client_gnutls www.example.com
}
