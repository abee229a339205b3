title='A self-signed certificate'
group=certificate
shows='the server'\''s certificate is signed with its own key, not by a CA'
outcome=alert
finding=certificate-self-signed
programs=(curl nginx dnsmasq)
story='nginx serves a certificate that is its own issuer. curl answers with the alert unknown_ca; its user reads
"self-signed certificate".'
proof=('tls.handshake.type == 11' 'tls.alert_message.desc == 48 and tcp.dstport == 443')
said='self-signed certificate'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www self 'ssl_protocols TLSv1.2;'
    client_curl -4 https://www.example.com/
}
