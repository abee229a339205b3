title='No cipher suite in common'
group=negotiation
shows='the client offers AES-GCM, the server accepts only CHACHA20: handshake_failure'
outcome=alert
finding=no-common-cipher-suite
programs=(curl nginx dnsmasq)
story='curl offers one TLS 1.2 suite with AES-128-GCM; nginx is set to CHACHA20-POLY1305 only. The server has nothing to
choose and answers handshake_failure, an alert that could mean many things.'
proof=('tls.handshake.type == 1 and tls.handshake.ciphersuite == 0xc02b'
       'tls.alert_message.desc == 40 and tcp.srcport == 443')
never=('tls.handshake.type == 2')
said='handshake failure'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.2; ssl_ciphers ECDHE-ECDSA-CHACHA20-POLY1305;'
    client_curl -4 --tls-max 1.2 --ciphers ECDHE-ECDSA-AES128-GCM-SHA256 https://www.example.com/
}
