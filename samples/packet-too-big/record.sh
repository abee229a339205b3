title='Packet too big: ICMP reports it, and TCP adapts'
group=path
shows='ICMP "fragmentation needed" for the large ClientHello; it is retransmitted in smaller segments and succeeds'
outcome=established
finding=packet-too-big
programs=(chromium nginx dnsmasq)
story='As large-client-hello-lost, but here the router'\''s ICMP message gets through: it names an MTU of 1280, the client'\''s
kernel sends the ClientHello again in smaller segments, and the handshake succeeds.'
proof=('icmp.type == 3 and icmp.code == 4 and icmp.mtu == 1280' 'tls.handshake.type == 2')
only='not tcp or tcp.stream == 0' # Chromium opens a second connection beside the first

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    ip -n h2m-router route replace 203.0.113.0/24 dev server0 mtu lock 1280
    client_chromium https://www.example.com/
}
