title='A router reports: host unreachable'
group=path
shows='the SYN is answered by ICMP from a router on the path'
outcome=unreachable
finding=unreachable
programs=(curl dnsmasq)
story='The router before the server cannot reach it and sends ICMP "host unreachable" for the SYN. Programs say
"No route to host" (EHOSTUNREACH) or, like curl, only that they could not connect.'
proof=('icmp.type == 3 and icmp.code == 1 and ip.src == 192.0.2.1')
never=('tls')
said="couldn't connect\|No route to host"

play() {
    resolver_knows www.example.com 203.0.113.55
    in_router ip route add unreachable 203.0.113.55/32
    client_curl -4 --connect-timeout 2 https://www.example.com/
}
