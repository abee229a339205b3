title='Happy Eyeballs: IPv6 fails, IPv4 succeeds'
group=success
shows='the SYN over IPv6 is not answered; 200 ms later curl tries IPv4 as well and succeeds'
outcome=established
finding=ipv6-failed-first
programs=(curl nginx iptables dnsmasq)
story='www.example.com has an A and an AAAA record, but something on the path drops IPv6. curl starts with IPv6, waits 200
milliseconds (RFC 8305), starts IPv4 beside it and stays with the one that answers.'
proof=('ipv6 and tcp.flags.syn == 1' 'ip and tls.handshake.type == 2')
never=('ipv6 and tcp.srcport == 443')

play() {
    resolver_knows www.example.com 203.0.113.55,2001:db8:2::55
    in_router ip6tables -A FORWARD -d 2001:db8:2::55 -j DROP
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    client_curl --http1.1 https://www.example.com/
}
