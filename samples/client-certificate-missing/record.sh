title='The client has no certificate'
group=client-certificate
shows='the server asks for a certificate, the client sends an empty list: handshake_failure'
outcome=alert
finding=client-certificate-missing
programs=(curl openssl dnsmasq)
story='openssl s_server requires a client certificate; curl has none and answers CertificateRequest with an empty
Certificate. In TLS 1.2 the server says no more than handshake_failure.'
proof=('tls.handshake.type == 13' 'tls.handshake.type == 11 and tcp.dstport == 443'
       'tls.alert_message.desc == 40 and tcp.srcport == 443')
said='handshake failure'

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1_2 -Verify 2 -CAfile "$pki/root.pem"
    client_curl -4 https://www.example.com/index.html
}
