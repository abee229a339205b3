title='Mutual TLS 1.2'
group=success
shows='the server asks for a certificate and the client sends one, all in the clear'
outcome=established
programs=(curl nginx dnsmasq)
story='nginx demands a client certificate (ssl_verify_client on). curl sends the one of billing-service and proves
with CertificateVerify that it holds the key.'
proof=(
    'tls.handshake.type == 13 and tcp.srcport == 443' 'tls.handshake.type == 11 and tcp.dstport == 443'
    'tls.handshake.type == 15 and tcp.dstport == 443' 'tls.app_data and tcp.srcport == 443'
)
never=('tls.alert_message.level == 2')

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www "ssl_protocols TLSv1.2; ssl_verify_client on; ssl_client_certificate $pki/root.pem;
        ssl_verify_depth 2;"
    client_curl -4 --http1.1 --cert "$pki/client.chain.pem" --key "$pki/client.key" https://www.example.com/
}
