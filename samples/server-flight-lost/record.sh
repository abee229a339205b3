title='The server'\''s reply never arrives'
group=path
shows='a path with a smaller MTU drops the large packets of the server without an ICMP message'
outcome=no_server_hello
finding=server-flight-lost
programs=(curl nginx iptables dnsmasq)
story='The reverse of large-client-hello-lost: on its way to the client the path carries only 1280 bytes, and the ICMP message
that would say so is filtered. The ClientHello is small and arrives. The first packet of the answer is full and is lost
again and again; a smaller one behind it comes through and is acknowledged (SACK). After four seconds curl gives up.'
proof=('tcp.options.sack_le' 'tls.handshake.type == 1' 'tcp.flags.fin == 1 and tcp.dstport == 443')
never=('icmp' 'tls.handshake.type == 2' 'tcp.len > 1300')
said='timed\? \?out'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www rsa-www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    ip -n h2m-router route replace 192.0.2.10 dev client0 mtu lock 1280
    in_router iptables -A OUTPUT -p icmp -j DROP
    client_curl -4 --max-time 4 https://www.example.com/
}
