title='QUIC key update'
group=carrier
shows='both sides change to their next keys within the connection, which the key phase bit announces'
outcome=established
keys=yes
programs=(gtlsclient gtlsserver dnsmasq)
story='gtlsclient changes its keys 200 ms after the handshake and sends its request under the next ones, and the server follows. The key log holds
the first secrets alone; the next ones follow from them (RFC 9001 section 6).'
proof=('quic.key_phase == 1' 'http3.frame_type == 1')

play() {
    resolver_knows www.example.com 203.0.113.55
    (cd "$stage/www" && in_server gtlsserver --quiet --htdocs "$stage/www" 203.0.113.55 443 "$pki/www.key" "$pki/www.chain.pem" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 443
    client gtlsclient --quiet --exit-on-all-streams-close --key-update 200ms --delay-stream 400ms www.example.com 443 https://www.example.com/index.html
}
