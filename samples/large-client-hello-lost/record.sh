title='A large ClientHello that never arrives'
group=path
shows='a path with a smaller MTU drops the large ClientHello without an ICMP message'
outcome=no_server_hello
finding=large-client-hello-lost
programs=(chromium nginx iptables dnsmasq)
story='Behind the router the path carries only 1280 bytes, and the ICMP message that would say so is filtered. Chromium'\''s
post-quantum ClientHello fills a packet of 1500 bytes: TCP connects, then the first segment is lost again and again.'
proof=('tcp.len > 1300 and tcp.dstport == 443' 'tcp.len > 1300 and tcp.analysis.retransmission')
never=('icmp' 'tls.handshake.type == 2')
only='not tcp or tcp.stream == 0' # Chromium opens a second connection beside the first

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www
    ip -n h2m-router route replace 203.0.113.0/24 dev server0 mtu lock 1280
    in_router iptables -A OUTPUT -p icmp -j DROP
    client_chromium --timeout=4000 https://www.example.com/
}
