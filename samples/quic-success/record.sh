title='HTTP/3 over QUIC'
group=carrier
shows='QUIC version 1: a TLS 1.3 handshake in Initial and Handshake packets, then HTTP/3, decrypted with the secrets'
outcome=established
keys=yes
programs=(gtlsclient gtlsserver dnsmasq)
story='gtlsclient of ngtcp2 looks up www.example.com and asks gtlsserver for a page over HTTP/3. The keys of the Initial packets follow from
the client'\''s connection id, so the ClientHello can be read by anybody; what follows can be read with the key log.'
proof=(
    'quic.long.packet_type == 0 and tls.handshake.type == 1' 'quic.long.packet_type == 0 and tls.handshake.type == 2'
    'quic.long.packet_type == 2 and tls.handshake.type == 20' 'quic.header_form == 0'
)

play() {
    resolver_knows www.example.com 203.0.113.55
    (cd "$stage/www" && in_server gtlsserver --quiet --htdocs "$stage/www" 203.0.113.55 443 "$pki/www.key" "$pki/www.chain.pem" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 443
    client gtlsclient --quiet --exit-on-all-streams-close www.example.com 443 https://www.example.com/index.html
}
