title='From QUIC version 1 to version 2'
group=carrier
shows='compatible version negotiation: the client begins in version 1, the server answers in version 2 without a further round trip'
outcome=established
keys=yes
programs=(gtlsclient gtlsserver dnsmasq)
story='gtlsclient begins in QUIC version 1 and says in its transport parameters that it knows version 2 too (as a draft of RFC 9369 numbers it), which gtlsserver prefers: its first
packet is of version 2 (RFC 9368), and so is all that follows.'
proof=('quic.version == 1 and tls.handshake.type == 1' 'quic.version == 0x709a50c4')

play() {
    resolver_knows www.example.com 203.0.113.55
    (cd "$stage/www" && in_server gtlsserver --quiet --preferred-versions 0x709a50c4,0x1 --htdocs "$stage/www" 203.0.113.55 443 "$pki/www.key" "$pki/www.chain.pem" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 443
    client gtlsclient --quiet --exit-on-all-streams-close --other-versions 0x709a50c4,0x1 www.example.com 443 https://www.example.com/index.html
}
