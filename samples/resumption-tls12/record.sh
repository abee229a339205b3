title='TLS 1.2 resumed with a ticket'
group=success
shows='two connections: a full handshake, then an abbreviated one that saves a round trip'
outcome=established
programs=(openssl nginx dnsmasq)
story='openssl s_client connects to nginx twice. The first connection gets a NewSessionTicket (RFC 5077); the second
presents it, and both sides go straight to ChangeCipherSpec and Finished, the server first.'
proof=(
    'tcp.stream == 0 and tls.handshake.type == 4' 'tcp.stream == 0 and tls.handshake.type == 11'
    'tcp.stream == 1 and tls.handshake.type == 2' 'tcp.stream == 1 and tls.app_data and tcp.srcport == 443'
)
never=('tcp.stream == 1 and tls.handshake.type == 11')

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.2;'
    client_openssl -tls1_2 -sess_out session.pem
    client_openssl -tls1_2 -sess_in session.pem
}
