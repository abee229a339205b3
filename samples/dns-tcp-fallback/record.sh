title='A truncated answer, and the query repeated over TCP'
group=dns
shows='the UDP answer has TC set, the client queries again over TCP, then connects'
outcome=established
programs=(curl nginx dnsmasq)
story='www.example.com has forty addresses, more than fit into a UDP answer without EDNS. The resolver sets TC (truncated),
the client'\''s C library asks the same over TCP and curl connects to one of the addresses.'
proof=('udp and dns.flags.truncated == 1' 'tcp and dns.flags.response == 1 and dns.count.answers == 40'
       'tls.handshake.type == 2')

play() {
    local host records=()
    for host in {101..140}; do
        ip -n h2m-server address add "203.0.113.$host/24" dev eth0
        ip -n h2m-router route replace "203.0.113.$host/32" via 203.0.113.55
        records+=("--host-record=www.example.com,203.0.113.$host")
    done
    resolver_knows www.example.com 203.0.113.55 "${records[@]:1}"
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    client_curl -4 --http1.1 https://www.example.com/
}
