title='Connection refused: nothing is listening on the port'
group=path
shows='the SYN is answered with a RST: the host is up, the service is not'
outcome=tcp_refused
finding=port-closed
programs=(curl dnsmasq)
story='The server runs, but nothing listens on port 443. Its kernel answers the SYN with RST, and programs
say "Connection refused" (ECONNREFUSED) or, like curl, only that they could not connect.'
proof=('tcp.flags.syn == 1 and tcp.flags.ack == 0' 'tcp.flags.reset == 1 and tcp.srcport == 443')
never=('tls')
said="couldn't connect\|Connection refused"

play() {
    resolver_knows www.example.com 203.0.113.55
    client_curl -4 https://www.example.com/
}
