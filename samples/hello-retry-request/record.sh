title='HelloRetryRequest: the key share did not match'
group=success
shows='the client'\''s key share is for another group, which costs one more round trip'
outcome=established
finding=hello-retry-cost
keys=yes
programs=(openssl dnsmasq)
story='openssl s_client offers X25519 and P-384 but sends a key share for X25519 only; the server accepts only P-384
and asks for it with a HelloRetryRequest. The second ClientHello has the right share.'
proof=(
    'tls.handshake.type == 2 and tls.handshake.random == cf:21:ad:74:e5:9a:61:11:be:1d:8c:02:1e:65:b8:91:c2:a2:11:16:7a:bb:8c:5e:07:9e:09:e2:c8:a8:33:9c'
    'tls.handshake.type == 1 and tls.handshake.extensions_key_share_group == 24' 'tls.handshake.type == 20 and tcp.dstport == 443' 'http.request'
)

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1_3 -groups P-384
    client_openssl -tls1_3 -groups X25519:P-384
}
