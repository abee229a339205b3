title='The intermediate certificate is missing'
group=certificate
shows='the server sends only its own certificate, so the client cannot build a chain to a trusted root'
outcome=alert
finding=certificate-missing-intermediate
programs=(curl nginx dnsmasq)
story='nginx is given the leaf certificate instead of the full chain, the most common mistake of all. curl knows
Example Root CA but not Example Issuing CA, and answers with the alert unknown_ca.'
proof=('tls.handshake.type == 11 and tls.handshake.certificates_length < 700'
       'tls.alert_message.desc == 48 and tcp.dstport == 443')
said='unable to get local issuer certificate'

prepare() { cp "$pki/www.key" leaf-only.key; cp "$pki/www.pem" leaf-only.chain.pem; }

play() {
    resolver_knows www.example.com 203.0.113.55
    pki=$stage nginx_serves_www leaf-only 'ssl_protocols TLSv1.2;'
    client_curl -4 https://www.example.com/
}
