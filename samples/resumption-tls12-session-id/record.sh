title='TLS 1.2 resumed by session id'
group=success
shows='two connections: the second names the session of the first, which the server remembered'
outcome=established
programs=(curl nginx dnsmasq)
story='The old way of resumption: nginx keeps sessions in its cache and issues no tickets. The second ClientHello
carries the session id of the first connection and the ServerHello repeats it.'
proof=(
    'tcp.stream == 0 and tls.handshake.type == 2 and tls.handshake.session_id_length == 32'
    'tcp.stream == 1 and tls.handshake.type == 1 and tls.handshake.session_id_length == 32'
    'tcp.stream == 1 and tls.app_data and tcp.srcport == 443'
)
never=('tcp.stream == 1 and tls.handshake.type == 11' 'tls.handshake.type == 4')

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.2; ssl_session_tickets off;
        ssl_session_cache shared:sessions:128k;'
    client_curl -4 --http1.1 --header 'Connection: close' https://www.example.com/first https://www.example.com/second
}
