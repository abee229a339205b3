title='Through an HTTP proxy that asks for credentials'
group=carrier
shows='CONNECT, 407, CONNECT with credentials, 200, then TLS 1.3 with the server behind the proxy, on one connection'
outcome=established
keys=yes
programs=(curl squid nginx dnsmasq)
story='curl reaches www.example.com through Squid. The proxy answers the first CONNECT with 407, curl repeats it with a name and a password, and
within the tunnel it completes a TLS 1.3 handshake with the server. The credentials are in the capture, but in no diagram.'
proof=('http.request.method == "CONNECT"' 'http.response.code == 407' 'http.proxy_authorization' 'http.response.code == 200' 'tcp.dstport == 3128 and tls.handshake.type == 1' 'tls.handshake.type == 20')

play() {
    resolver_knows www.example.com 203.0.113.55 --host-record=proxy.example.net,192.0.2.1
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    squid_proxies
    client_curl -4 --http1.1 --proxy http://proxy.example.net:3128 --proxy-anyauth --proxy-user visitor:example https://www.example.com/
}
