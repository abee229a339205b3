title='Reset right after the ClientHello'
group=path
shows='TCP connects, then the server answers the ClientHello with a RST'
outcome=reset_by_server
finding=reset-after-client-hello
programs=(curl python3 dnsmasq)
story='The server accepts the connection, reads the ClientHello and resets, as a crashing backend or a load balancer
without a certificate does. The reset carries the time to live of the server'\''s other packets: it is the server'\''s own.'
proof=('tls.handshake.type == 1' 'tcp.flags.reset == 1 and tcp.srcport == 443 and ip.ttl == 63')
never=('tls.handshake.type == 2')
said='reset by peer'

play() {
    resolver_knows www.example.com 203.0.113.55
    odd_server_serves reset
    client_curl -4 https://www.example.com/
}
