title='QUIC without an answer'
group=carrier
shows='the HTTPS record offers h3, nothing comes back over QUIC, and Chromium loads the page over TCP: two lanes of one visit'
outcome=established
programs=(chromium nginx iptables dnsmasq)
story='The HTTPS record of www.example.com (RFC 9460) offers h3, so Chromium tries QUIC first. Something on the path drops UDP to port 443 without an
answer. Chromium has begun a TCP connection beside it and loads the page over that one. Both are one visit: the diagram shows the two
lanes and says what was seen, which is that no answer to QUIC was captured.'
proof=('dns.qry.type == 65 and dns.flags.response == 1' 'quic.long.packet_type == 0' 'tcp.port == 443 and tls.handshake.type == 2')
never=('udp.srcport == 443')

play() {
    resolver_knows www.example.com 203.0.113.55 --dns-rr=www.example.com,65,00010000010006026833026832
    in_router iptables -A FORWARD -p udp -d 203.0.113.55 --dport 443 -j DROP
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    quic=--enable-quic client_chromium https://www.example.com/
}
