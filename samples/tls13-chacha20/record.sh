title='TLS 1.3 with TLS_CHACHA20_POLY1305_SHA256'
group=success
shows='TLS 1.3 protected by ChaCha20 and Poly1305'
outcome=established
keys=yes
programs=(openssl dnsmasq)
story='openssl s_client and s_server, both set to TLS_CHACHA20_POLY1305_SHA256 alone. With the key log everything is decrypted.'
proof=('tls.handshake.type == 2 and tls.handshake.ciphersuite == 0x1303'
       'tls.handshake.type == 20 and tcp.dstport == 443' 'http.request')

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256 -num_tickets 0
    client_openssl -tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256
}
