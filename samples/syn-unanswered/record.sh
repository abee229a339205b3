title='The SYN is not answered'
group=path
shows='a firewall drops the SYN; the client retransmits it and gives up'
outcome=tcp_timeout
finding=syn-unanswered
programs=(curl iptables dnsmasq)
story='A packet filter in front of the server drops everything for port 443. The kernel repeats
the SYN, and curl, with four seconds to connect, gives up.'
proof=('tcp.flags.syn == 1 and tcp.analysis.retransmission')
never=('tcp.srcport == 443' 'icmp')
said='timed\? \?out'

play() {
    resolver_knows www.example.com 203.0.113.55
    in_server iptables -A INPUT -p tcp --dport 443 -j DROP
    client_curl -4 --connect-timeout 4 https://www.example.com/
}
