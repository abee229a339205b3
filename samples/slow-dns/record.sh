title='Slow DNS resolution'
group=time
shows='everything works, but DNS resolution takes longer than all the rest'
outcome=established
finding=slow-dns
programs=(curl nginx unbound iptables dnsmasq)
story='The resolver, unbound, forwards to a server whose first answers are lost and has to query it again: the client waits
most of a second for the address, then connects in 50 milliseconds.'
proof=('dns.flags.response == 1 and dns.time > 0.5' 'tls.handshake.type == 2')

play() {
    in_resolver iptables -A INPUT -i lo -p udp --dport 5353 -m statistic --mode nth --every 1000 --packet 0 -j DROP
    in_resolver iptables -A INPUT -i lo -p udp --dport 5353 -m statistic --mode nth --every 1000 --packet 0 -j DROP
    port=5353 resolver_knows www.example.com 203.0.113.55
    unbound_resolves
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    client_curl -4 --http1.1 https://www.example.com/
}
