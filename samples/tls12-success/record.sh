title='TLS 1.2 with ECDHE and an RSA chain'
group=success
shows='a full TLS 1.2 handshake of two round trips, over IPv6, every message in the clear except Finished'
outcome=established
programs=(curl openssl dnsmasq)
story='curl, held to TLS 1.2, connects over IPv6 to openssl s_server. The server sends an RSA certificate with its
intermediate and signs an X25519 key share with it; everything up to ChangeCipherSpec can be read without secrets.'
proof=(
    'ipv6 and tls.handshake.type == 2 and tls.handshake.ciphersuite == 0xc02f'
    'tls.handshake.certificates_length > 1500' 'tls.handshake.type == 12' 'tls.handshake.type == 14'
    'tls.handshake.type == 16' 'tls.change_cipher_spec and tcp.srcport == 443'
)

play() {
    resolver_knows www.example.com 203.0.113.55,2001:db8:2::55
    openssl_serves rsa-www -tls1_2
    client curl --silent --cacert "$pki/rsa-root.pem" --tls-max 1.2 --ciphers ECDHE-RSA-AES128-GCM-SHA256 \
        https://www.example.com/index.html
}
