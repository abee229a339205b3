title='The client certificate is from an unknown authority'
group=client-certificate
shows='the client sends a certificate the server does not trust: unknown_ca, from the server'
outcome=alert
finding=client-certificate-rejected
programs=(curl openssl dnsmasq)
story='The server trusts client certificates of Example Root CA only. curl sends one of Other Root CA and the server
answers with the alert unknown_ca.'
proof=('tls.handshake.type == 11 and tcp.dstport == 443' 'tls.alert_message.desc == 48 and tcp.srcport == 443')
said='unknown ca'

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1_2 -Verify 2 -verify_return_error -CAfile "$pki/root.pem"
    client_curl -4 --cert "$pki/other-client.pem" --key "$pki/other-client.key" https://www.example.com/index.html
}
