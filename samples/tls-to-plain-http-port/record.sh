title='TLS sent to a plain HTTP port'
group=path
shows='the ClientHello is answered by "HTTP/1.1 400 Bad Request"'
outcome=not_tls
finding=plain-text-from-tls-port
programs=(curl nginx dnsmasq)
story='curl https://www.example.com:80/ sends a ClientHello to a port where nginx serves plain HTTP and answers 400. The
famous "wrong version number" of OpenSSL is the letters "HTTP" read as a record header.'
proof=('tcp.dstport == 80 and tcp.payload[0:3] == 16:03:01' 'tcp.srcport == 80 and tcp.payload[0:8] == "HTTP/1.1"')
said='wrong version number'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves 80 <<< 'server { listen 80; return 200 "It works.\n"; }'
    client_curl -4 https://www.example.com:80/
}
