title='A proxy that opens no tunnel to the port'
group=carrier
shows='CONNECT to port 8443 is answered with 403: the proxy allows port 443 alone, and TLS never starts'
outcome=not_tls
finding=proxy-refused
programs=(curl tinyproxy dnsmasq)
story='curl asks Tinyproxy for a tunnel to www.example.com:8443. The proxy allows tunnels to port 443 alone and answers with 403.'
proof=('http.request.method == "CONNECT"' 'http.response.code == 403')
never=('tls.handshake.type == 1')
said='403'

play() {
    resolver_knows www.example.com 203.0.113.55 --host-record=proxy.example.net,192.0.2.1
    tinyproxy_proxies
    client_curl -4 --proxy http://proxy.example.net:8888 https://www.example.com:8443/
}
