title='The server does not answer the ClientHello'
group=path
shows='TCP connects, the ClientHello is acknowledged, and then nothing'
outcome=no_server_hello
finding=no-server-hello
programs=(curl python3 dnsmasq)
story='A server that hangs: it accepts the connection and reads, but never answers. After three seconds curl gives up and
closes.'
proof=('tls.handshake.type == 1' 'tcp.flags.fin == 1 and tcp.dstport == 443')
never=('tcp.srcport == 443 and tcp.len > 0')
said='timed\? \?out'

play() {
    resolver_knows www.example.com 203.0.113.55
    odd_server_serves silent
    client_curl -4 --max-time 3 https://www.example.com/
}
