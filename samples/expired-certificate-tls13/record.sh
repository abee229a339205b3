title='The certificate has expired, in TLS 1.3'
group=certificate
shows='the same in TLS 1.3, where the certificate is encrypted; the secrets decrypt it'
outcome=alert
finding=certificate-expired
keys=yes
programs=(curl nginx dnsmasq)
story='As expired-certificate, but in TLS 1.3, where the certificate is encrypted and only the key log decrypts it. The alert
certificate_expired can be read even without: OpenSSL sends it before it has switched to its handshake keys.'
proof=('tls.handshake.type == 2 and tls.handshake.extensions.supported_version == 0x0304' 'tls.handshake.type == 11'
       'tls.alert_message.desc == 45 and tcp.dstport == 443')
said='certificate has expired'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www expired 'ssl_protocols TLSv1.3;'
    client_curl -4 https://www.example.com/
}
