title='The resolver does not respond'
group=dns
shows='the DNS query is repeated, then the client gives up'
outcome=dns_timeout
finding=dns-no-answer
programs=(curl iptables dnsmasq)
story='The resolver is down or filtered. The C library asks twice, two seconds apart (its usual five are shortened here),
and curl says "Could not resolve host".'
proof=('dns.flags.response == 0')
never=('dns.flags.response == 1' 'tcp')
said='Could not resolve'

play() {
    resolve_by 'options timeout:2 attempts:2'
    resolver_knows www.example.com 203.0.113.55
    in_resolver iptables -A INPUT -p udp --dport 53 -j DROP
    client_curl https://www.example.com/
}
