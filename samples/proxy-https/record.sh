title='Through a proxy that is itself spoken to in TLS'
group=carrier
shows='TLS 1.3 with the proxy; inside it CONNECT, 407, CONNECT with credentials, 200, then TLS 1.3 with the server: visible with the secrets alone'
outcome=established
keys=yes
programs=(curl squid nginx dnsmasq)
story='curl reaches www.example.com through Squid, to which it speaks TLS. Everything behind the handshake with the proxy is encrypted: the request for
the tunnel, its refusal for want of credentials, and the handshake with the server, which is encrypted once more. With the secrets all of it is drawn.'
proof=('tcp.dstport == 3129 and tls.handshake.extensions_server_name == "proxy.example.net"' 'tls.handshake.type == 20' 'http.request.method == "CONNECT"' 'http.response.code == 407' 'http.response.code == 200')

play() {
    resolver_knows www.example.com 203.0.113.55 --host-record=proxy.example.net,192.0.2.1
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    squid_proxies tls
    client_curl -4 --http1.1 --proxy-cacert "$pki/root.pem" --proxy https://proxy.example.net:3129 --proxy-anyauth --proxy-user visitor:example https://www.example.com/
}
