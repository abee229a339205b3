title='QUIC and TCP at once'
group=carrier
shows='the HTTPS record offers h3: Chromium begins QUIC and TCP together, ends QUIC with an error and loads the page over TCP, two lanes of one visit'
outcome=established
keys=yes
programs=(chromium nginx gtlsserver dnsmasq)
story='The HTTPS record of www.example.com (RFC 9460) offers h3. Chromium begins a connection over QUIC and one over TCP beside it. Both are answered.
Over QUIC Chromium accepts public authorities only, whatever it is told to ignore, so it ends that one with certificate_unknown and loads
the page over TCP. Both are one visit, and each says so; `h2m convert capture.pcap -c 2` draws the second with the first one beside it.'
proof=('dns.qry.type == 65 and dns.flags.response == 1' 'quic.long.packet_type == 2 and ip.src == 203.0.113.55' 'tcp.port == 443 and tls.handshake.type == 2' 'quic.cc.error_code')

play() {
    resolver_knows www.example.com 203.0.113.55 --dns-rr=www.example.com,65,00010000010006026833026832
    (cd "$stage/www" && in_server gtlsserver --quiet --htdocs "$stage/www" 203.0.113.55 443 "$pki/www.key" "$pki/www.chain.pem" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 443
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    SSLKEYLOGFILE=$stage/keys.log quic=--enable-quic client_chromium https://www.example.com/index.html
}
