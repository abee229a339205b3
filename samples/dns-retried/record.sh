title='The first query was lost'
group=dns
shows='the DNS query is answered only when it is repeated, a delay of one second'
outcome=established
finding=dns-retried
programs=(curl nginx iptables dnsmasq)
story='The first query for www.example.com is lost on the way. After its timeout (one second here) the C library asks
again and gets its answer; the rest is quick.'
proof=('dns.retransmission or dns.retransmit_request' 'dns.flags.response == 1' 'tls.handshake.type == 2')

play() {
    resolve_by 'options timeout:1 attempts:3'
    resolver_knows www.example.com 203.0.113.55
    in_resolver iptables -A INPUT -p udp --dport 53 -m statistic --mode nth --every 1000 --packet 0 -j DROP
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    client_curl -4 --http1.1 https://www.example.com/
}
