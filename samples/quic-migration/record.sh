title='A QUIC connection that moves'
group=carrier
shows='the client goes on from another port and with another connection id; the server validates the new path'
outcome=established
keys=yes
programs=(gtlsclient gtlsserver dnsmasq)
story='gtlsclient changes its local port within the connection. It uses a connection id that the server had given it for that (NEW_CONNECTION_ID), so
that nobody on the path can link both ports; PATH_CHALLENGE and PATH_RESPONSE prove that the server is reached on the new path.'
proof=('quic.frame_type == 0x18' 'quic.frame_type == 0x1a' 'quic.frame_type == 0x1b')

play() {
    resolver_knows www.example.com 203.0.113.55
    (cd "$stage/www" && in_server gtlsserver --quiet --htdocs "$stage/www" 203.0.113.55 443 "$pki/www.key" "$pki/www.chain.pem" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 443
    client gtlsclient --quiet --exit-on-all-streams-close --change-local-addr 200ms --delay-stream 500ms www.example.com 443 https://www.example.com/index.html
}
