title='A weak key'
group=certificate
shows='an RSA key of 1024 bits, which the client rejects'
outcome=alert
finding=certificate-weak-key
programs=(curl openssl dnsmasq)
story='openssl s_server, told to accept anything (security level 0), serves a certificate with an RSA key of 1024 bits.
curl requires more (level 2, 2048 bits) and ends the handshake.'
proof=('tls.handshake.type == 11' 'tls.alert_message.level == 2 and tcp.dstport == 443')
said='key too weak'

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves weak -tls1_2 -cipher DEFAULT:@SECLEVEL=0
    client_curl -4 https://www.example.com/index.html
}
