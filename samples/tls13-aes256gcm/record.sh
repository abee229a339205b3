title='TLS 1.3 with TLS_AES_256_GCM_SHA384'
group=success
shows='TLS 1.3 protected by AES-256 in Galois/Counter Mode, with SHA-384'
outcome=established
keys=yes
programs=(openssl dnsmasq)
story='openssl s_client and s_server, both set to TLS_AES_256_GCM_SHA384 alone. With the key log everything is decrypted.'
proof=('tls.handshake.type == 2 and tls.handshake.ciphersuite == 0x1302'
       'tls.handshake.type == 20 and tcp.dstport == 443' 'http.request')

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1_3 -ciphersuites TLS_AES_256_GCM_SHA384 -num_tickets 0
    client_openssl -tls1_3 -ciphersuites TLS_AES_256_GCM_SHA384
}
