title='A RST that the server did not send'
group=path
shows='a device on the path resets the connection when it sees a name; the TTL gives it away'
outcome=reset_by_server
finding=reset-injected
programs=(curl nginx iptables dnsmasq)
story='A filter on the router looks for "www.example.com" in the packets and answers the ClientHello with a reset in the
server'\''s name. Its time to live (64) is not that of the server'\''s SYN-ACK (63), which had one hop more to go.'
proof=('tcp.flags.syn == 1 and tcp.flags.ack == 1 and ip.ttl == 63'
       'tcp.flags.reset == 1 and tcp.srcport == 443 and ip.ttl == 64')
never=('tls.handshake.type == 2')
said='reset by peer'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www
    in_router iptables -A FORWARD -p tcp --dport 443 -m string --string www.example.com --algo bm \
        -j REJECT --reject-with tcp-reset
    client_curl -4 https://www.example.com/
}
