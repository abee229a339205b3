title='QUIC and TCP at once, and QUIC wins'
group=carrier
shows='the HTTPS record offers h3: Chromium begins QUIC and TCP together and loads the page over QUIC, two lanes of one visit'
outcome=established
finding=closed-without-request
keys=yes
programs=(chromium nginx gtlsserver dnsmasq)
story='The HTTPS record of www.example.com (RFC 9460) offers h3. Chromium begins a connection over QUIC and one over TCP beside it. QUIC is ready first: the page is
loaded over it, and the connection over TCP is closed unused. Both are one visit, and each says so.'
proof=('dns.qry.type == 65 and dns.flags.response == 1' 'quic.long.packet_type == 2 and ip.src == 203.0.113.55' 'http3.frame_type == 1' 'tcp.flags.syn == 1 and tcp.dstport == 443')

play() {
    resolver_knows www.example.com 203.0.113.55 --dns-rr=www.example.com,65,00010000010006026833026832
    (cd "$stage/www" && in_server gtlsserver --quiet --htdocs "$stage/www" 203.0.113.55 443 "$pki/www.key" "$pki/www.chain.pem" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 443
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    # Over QUIC Chromium accepts an authority of one's own only for a host that is forced to QUIC at some port: here one that is not used.
    local key
    key=$(openssl pkey -in "$pki/www.key" -pubout -outform DER | openssl dgst -sha256 -binary | base64)
    SSLKEYLOGFILE=$stage/keys.log quic=--enable-quic client_chromium --origin-to-force-quic-on=www.example.com:8443 --ignore-certificate-errors-spki-list="$key" https://www.example.com/index.html
}
