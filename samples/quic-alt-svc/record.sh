title='From TCP to QUIC by Alt-Svc'
group=carrier
shows='the response over TCP offers h3 (Alt-Svc), and the client goes on over QUIC while TCP is still open: two lanes of one visit'
outcome=established
keys=yes
programs=(openssl nginx gtlsclient gtlsserver dnsmasq)
story='A first request goes over TCP, and the response offers HTTP/3 on the same port (Alt-Svc, RFC 7838). The second request goes over QUIC, as a browser
does it (here it is gtlsclient in place of s_client). The offer can only be seen with the secrets. Both connections are one visit.'
proof=('http.response.line contains "alt-svc"' 'quic.long.packet_type == 0 and tls.handshake.type == 2' 'http3.frame_type == 1')

play() {
    resolver_knows www.example.com 203.0.113.55
    (cd "$stage/www" && in_server gtlsserver --quiet --htdocs "$stage/www" 203.0.113.55 443 "$pki/www.key" "$pki/www.chain.pem" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 443
    nginx_serves_www www "ssl_protocols TLSv1.3; ssl_session_tickets off; add_header alt-svc 'h3=\":443\"; ma=86400' always;"
    (printf 'GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n'; sleep 2) | client openssl s_client -quiet -servername www.example.com -alpn http/1.1 -CAfile "$pki/root.pem" \
        -connect www.example.com:443 -keylogfile "$stage/tcp.log" &
    sleep 1
    client gtlsclient --quiet --exit-on-all-streams-close www.example.com 443 https://www.example.com/index.html
    wait %%
    cat "$stage/tcp.log" >> "$stage/keys.log"
}
