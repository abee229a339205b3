title='A CA that the client does not trust'
group=certificate
shows='the chain is complete, but its root is not among those that the client trusts'
outcome=alert
finding=certificate-unknown-authority
programs=(curl nginx dnsmasq)
story='The server sends its certificate and the intermediate of another authority, all in order. curl trusts only Example
Root CA and answers with the alert unknown_ca: a company root that was not installed looks like this.'
proof=('tls.handshake.type == 11 and tls.handshake.certificates_length > 700'
       'tls.alert_message.desc == 48 and tcp.dstport == 443')
said='unable to get .*issuer certificate'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www other-www 'ssl_protocols TLSv1.2;'
    client_curl -4 https://www.example.com/
}
