title='DTLS 1.2 with a cookie and a fragmented flight'
group=carrier
shows='DTLS 1.2 over UDP: HelloVerifyRequest, certificates in several datagrams, close_notify, decrypted with the secrets'
outcome=established
keys=yes
programs=(openssl dnsmasq)
story='openssl s_client connects over UDP to openssl s_server, which first makes it prove its address with a cookie
(HelloVerifyRequest). The server keeps its datagrams below 600 bytes, so that its certificates come in fragments.'
proof=(
    'dtls.handshake.type == 3' 'dtls.handshake.fragment_offset > 0 and dtls.handshake.type == 11' 'dtls.handshake.type == 2 and dtls.handshake.version == 0xfefd'
    'dtls.record.content_type == 21 and udp.srcport != 4433'
)

play() {
    resolver_knows www.example.com 203.0.113.55
    (in_server openssl s_server -dtls1_2 -listen -4 -accept 4433 -mtu 600 -quiet -cert "$pki/www.pem" -key "$pki/www.key" \
        -cert_chain "$pki/www.issuers.pem" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 4433
    client openssl s_client -dtls1_2 -4 -connect www.example.com:4433 -servername www.example.com \
        -CAfile "$pki/root.pem" -verify_return_error -keylogfile "$stage/keys.log"
}
