title='No group in common'
group=negotiation
shows='the client supports only X25519, the server only P-384: handshake_failure'
outcome=alert
finding=no-common-group
programs=(openssl dnsmasq)
story='openssl s_client offers X25519 and nothing else, the server accepts only P-384. Not even a HelloRetryRequest can
help, and the server answers handshake_failure.'
proof=('tls.handshake.type == 1' 'tls.alert_message.desc == 40 and tcp.srcport == 443')
never=('tls.handshake.type == 2')
said='handshake failure'

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1_3 -groups P-384
    client_openssl -tls1_3 -groups X25519
}
