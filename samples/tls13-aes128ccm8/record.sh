title='TLS 1.3 with TLS_AES_128_CCM_8_SHA256'
group=success
shows='TLS 1.3 protected by AES-128 in CCM mode with a tag of eight bytes'
outcome=established
keys=yes
programs=(openssl dnsmasq)
story='openssl s_client and s_server, both set to TLS_AES_128_CCM_8_SHA256 alone. With the key log everything is decrypted.'
proof=('tls.handshake.type == 2 and tls.handshake.ciphersuite == 0x1305'
       'tls.handshake.type == 20 and tcp.dstport == 443' 'http.request')

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1_3 -ciphersuites TLS_AES_128_CCM_8_SHA256 -num_tickets 0
    client_openssl -tls1_3 -ciphersuites TLS_AES_128_CCM_8_SHA256
}
