title='Through a SOCKS 5 proxy'
group=carrier
shows='greeting, method and CONNECT of SOCKS 5 with the name of the server, then TLS 1.3 with the server behind the proxy'
outcome=established
keys=yes
programs=(curl danted nginx dnsmasq)
story='curl gives the name www.example.com to Dante, which resolves it and connects. Within the tunnel curl completes a TLS 1.3 handshake with the server.'
proof=('socks.version == 5' 'socks.command == 1' 'tcp.dstport == 1080 and tls.handshake.type == 1' 'tls.handshake.type == 20')

play() {
    resolver_knows www.example.com 203.0.113.55 --host-record=proxy.example.net,192.0.2.1
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    dante_proxies
    client_curl -4 --http1.1 --proxy socks5h://proxy.example.net:1080 https://www.example.com/
}
