title='Through a proxy that is spoken to in HTTP/2'
group=carrier
shows='TLS 1.3 and HTTP/2 with the proxy; CONNECT on a stream of it, whose DATA frames carry TLS 1.3 with the server: visible with the secrets alone'
outcome=established
keys=yes
programs=(chromium nghttpx tinyproxy nginx dnsmasq)
story='Chromium reaches www.example.com through nghttpx, with which it speaks HTTP/2 over TLS. A tunnel is a stream of that connection (RFC 9113 section 8.5), and the
handshake with the server passes in its DATA frames. Chromium opens two tunnels at once: the first is drawn, the second is named as not read.'
proof=('tcp.dstport == 3130 and tls.handshake.extensions_server_name == "proxy.example.net"' 'http2.headers.method == "CONNECT"' 'http2.headers.status == 200' 'http2.streamid == 3 and http2.headers.method == "CONNECT"' 'tls.handshake.type == 20')
only='dns or tcp.stream == 0' # Chromium opens another connection in advance and closes it unused

play() {
    resolver_knows www.example.com 203.0.113.55 --host-record=proxy.example.net,192.0.2.1
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    tinyproxy_proxies
    nghttpx_proxies
    # Chromium has names of its own to look up, which the proxy is spared.
    client_chromium --proxy-pac-url='data:application/x-ns-proxy-autoconfig,function FindProxyForURL(url, host) { return host == "www.example.com" ? "HTTPS proxy.example.net:3130" : "DIRECT"; }' \
        https://www.example.com/
}
