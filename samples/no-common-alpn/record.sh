title='No application protocol in common'
group=negotiation
shows='the client offers a protocol other than HTTP: no_application_protocol'
outcome=alert
finding=no-common-alpn
programs=(openssl nginx dnsmasq)
story='The client offers "postgresql" in ALPN, but the port belongs to nginx, which speaks HTTP only and says so with the
alert no_application_protocol (RFC 7301).'
proof=('tls.handshake.extensions_alpn_str == "postgresql"' 'tls.alert_message.desc == 120 and tcp.srcport == 443')
said='no application protocol'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www
    client_openssl -alpn postgresql
}
