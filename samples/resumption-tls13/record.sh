title='TLS 1.3 resumed with a ticket'
group=success
shows='two connections: a full handshake, then one resumed by a pre-shared key, without certificates'
outcome=established
keys=yes
programs=(curl nginx dnsmasq)
story='curl fetches two pages and asks nginx to close after each. The first connection ends with a
NewSessionTicket; the second offers it as a pre-shared key and needs no Certificate and no CertificateVerify.'
proof=(
    'tcp.stream == 0 and tls.handshake.type == 4' 'tcp.stream == 0 and tls.handshake.type == 11'
    'tcp.stream == 1 and tls.handshake.type == 2 and tls.handshake.extension.type == 41'
    'tcp.stream == 1 and http.response.code == 200'
)
never=('tcp.stream == 1 and tls.handshake.type == 11')

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    client_curl -4 --http1.1 --header 'Connection: close' https://www.example.com/first https://www.example.com/second
}
