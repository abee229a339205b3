title='The name does not exist'
group=dns
shows='a misspelt name: NXDOMAIN, and no connection at all'
outcome=dns_error
finding=name-does-not-exist
programs=(curl dnsmasq)
story='Somebody typed ww.example.com. The resolver answers NXDOMAIN to both the A and the AAAA query, and curl says
"Could not resolve host".'
proof=('dns.flags.rcode == 3 and dns.qry.type == 1' 'dns.flags.rcode == 3 and dns.qry.type == 28')
never=('tcp')
said='Could not resolve'

play() {
    resolver_knows www.example.com 203.0.113.55
    client_curl https://ww.example.com/
}
