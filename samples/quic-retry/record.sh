title='QUIC with address validation'
group=carrier
shows='a Retry: the client repeats its ClientHello in a second Initial with the token of the server'
outcome=established
keys=yes
programs=(gtlsclient gtlsserver dnsmasq)
story='gtlsserver validates the address of a client before it spends anything on it: it answers the first Initial with a Retry, and the client
repeats its ClientHello with the token from it. That costs a round trip.'
proof=('quic.long.packet_type == 3' 'quic.long.packet_type == 0 and quic.token_length > 0' 'http3.frame_type == 1')

play() {
    resolver_knows www.example.com 203.0.113.55
    (cd "$stage/www" && in_server gtlsserver --quiet --validate-addr --htdocs "$stage/www" 203.0.113.55 443 "$pki/www.key" "$pki/www.chain.pem" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 443
    client gtlsclient --quiet --exit-on-all-streams-close www.example.com 443 https://www.example.com/index.html
}
