title='A resumption the server refuses'
group=negotiation
shows='the second connection offers its ticket, the server ignores it: a full handshake'
outcome=established
finding=resumption-refused
keys=yes
programs=(openssl nginx dnsmasq)
story='Between the two connections of openssl s_client nginx is restarted, and with it the key of its tickets is gone. The
second ClientHello offers the ticket as a pre-shared key, the ServerHello ignores it and a Certificate follows.'
proof=('tcp.stream == 1 and tls.handshake.type == 1 and tls.handshake.extension.type == 41'
       'tcp.stream == 1 and tls.handshake.type == 11')
never=('tls.handshake.type == 2 and tls.handshake.extension.type == 41')

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    client_openssl -tls1_3 -sess_out session.pem
    server_stops
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    client_openssl -tls1_3 -sess_in session.pem
}
