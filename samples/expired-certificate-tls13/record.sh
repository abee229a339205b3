title='The certificate has expired, in TLS 1.3'
group=certificate
shows='the same in TLS 1.3, where certificate and alert are encrypted; the secrets open both'
outcome=alert
finding=certificate-expired
keys=yes
programs=(curl nginx dnsmasq)
story='As expired-certificate, but in TLS 1.3. Without the key log one sees only a client that leaves on the server'\''s
flight with a record of the size of an alert; with it, the certificate and the alert certificate_expired.'
proof=('tls.handshake.type == 2 and tls.handshake.extensions.supported_version == 0x0304' 'tls.handshake.type == 11'
       'tls.alert_message.desc == 45 and tcp.dstport == 443')
said='certificate has expired'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www expired 'ssl_protocols TLSv1.3;'
    client_curl -4 https://www.example.com/
}
