title='No protocol version in common'
group=negotiation
shows='a TLS 1.2 client connects to a TLS 1.3 server: protocol_version'
outcome=alert
finding=no-common-version
programs=(curl nginx dnsmasq)
story='nginx accepts TLS 1.3 only and curl is limited to TLS 1.2 and below. The server answers the ClientHello with the
fatal alert protocol_version.'
proof=('tls.handshake.type == 1' 'tls.alert_message.desc == 70 and tcp.srcport == 443')
never=('tls.handshake.type == 2')
said='alert protocol version'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    client_curl -4 --tls-max 1.2 https://www.example.com/
}
