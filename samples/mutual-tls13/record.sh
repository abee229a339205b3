title='Mutual TLS 1.3'
group=success
shows='CertificateRequest and the client'\''s certificate, which only the secrets make visible'
outcome=established
keys=inside
programs=(curl nginx dnsmasq)
story='As mutual-tls12, but in TLS 1.3 everything after ServerHello is encrypted: that there was a client certificate
at all is seen only because the capture brings its secrets along.'
proof=(
    'tls.handshake.type == 13 and tcp.srcport == 443' 'tls.handshake.type == 11 and tcp.dstport == 443'
    'tls.handshake.type == 15 and tcp.dstport == 443' 'http.response.code == 200'
)

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www "ssl_protocols TLSv1.3; ssl_verify_client on; ssl_client_certificate $pki/root.pem;
        ssl_verify_depth 2;"
    client_curl -4 --http1.1 --cert "$pki/client.chain.pem" --key "$pki/client.key" https://www.example.com/
}
