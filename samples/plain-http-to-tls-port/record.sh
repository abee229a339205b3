title='Plain HTTP sent to a TLS port'
group=path
shows='http:// where https:// was meant: the server answers 400 in the clear'
outcome=not_tls
finding=plain-text-to-tls-port
programs=(curl nginx dnsmasq)
story='curl http://www.example.com:443/ sends plain HTTP to a port where nginx expects TLS; nginx answers "400 The plain
HTTP request was sent to HTTPS port".'
proof=('http.request and tcp.dstport == 443' 'http.response.code == 400')
never=('tls.handshake')
said='plain HTTP request was sent to HTTPS port'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www
    client_curl -4 http://www.example.com:443/
}
