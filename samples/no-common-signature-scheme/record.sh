title='No signature scheme in common'
group=negotiation
shows='the client accepts only RSA signatures, the server has an ECDSA key: handshake_failure'
outcome=alert
finding=no-common-signature-scheme
programs=(openssl dnsmasq)
story='openssl s_client offers RSA signature schemes only (signature_algorithms); the server'\''s certificate has an ECDSA
key. The server has nothing it could sign with and answers handshake_failure.'
proof=('tls.handshake.type == 1 and tls.handshake.sig_hash_alg == 0x0804'
       'tls.alert_message.desc == 40 and tcp.srcport == 443')
never=('tls.handshake.type == 2' 'tls.handshake.sig_hash_alg == 0x0403')
said='handshake failure'

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1_3
    client_openssl -tls1_3 -sigalgs RSA-PSS+SHA256:RSA-PSS+SHA384
}
