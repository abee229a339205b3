title='TLS 1.3 with early data (0-RTT)'
group=success
shows='two connections: the second sends its request together with the ClientHello, and the server accepts it'
outcome=established
keys=yes
programs=(openssl nginx dnsmasq)
story='openssl s_client gets a ticket that allows early data, and in its second connection sends the GET before the
server has replied. nginx (ssl_early_data on) accepts it: early_data in EncryptedExtensions, EndOfEarlyData after.'
proof=(
    'tcp.stream == 1 and tls.handshake.type == 1 and tls.handshake.extension.type == 42'
    'tcp.stream == 1 and tls.handshake.type == 8 and tls.handshake.extension.type == 42'
    'tcp.stream == 1 and tls.handshake.type == 5' 'tcp.stream == 1 and http.response.code == 200'
)

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_early_data on;'
    client_openssl -tls1_3 -sess_out session.pem
    request=/dev/null client_openssl -tls1_3 -sess_in session.pem -early_data "$stage/request"
}
