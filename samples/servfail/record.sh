title='The resolver returns SERVFAIL'
group=dns
shows='the resolver gets no answer from its upstream server'
outcome=dns_error
finding=dns-server-failure
programs=(curl unbound dnsmasq)
story='unbound forwards to a server that refuses to answer for this name (a lame delegation looks the same) and says
SERVFAIL: whether the name exists is unknown.'
proof=('dns.flags.rcode == 2 and dns.qry.type == 1')
never=('dns.flags.rcode == 0 and dns.flags.response == 1')
said='Could not resolve'

play() {
    resolver_runs 5353 dnsmasq --port=5353 --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --user=root --pid-file=
    unbound_resolves
    client_curl -4 https://www.example.com/
}
