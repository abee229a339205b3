title='The server does not recognise the name'
group=negotiation
shows='the server has no site with this name and refuses: unrecognized_name'
outcome=alert
finding=unrecognized-name
programs=(curl nginx dnsmasq)
story='nginx serves shop.example.com and rejects every other name (ssl_reject_handshake on). curl asks for
www.example.com and gets the alert unrecognized_name.'
proof=('tls.handshake.extensions_server_name == "www.example.com"' 'tls.alert_message.desc == 112 and tcp.srcport == 443')
said='unrecognized name'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves 443 <<END
server { listen 443 ssl default_server; ssl_reject_handshake on; }
server {
    listen 443 ssl;
    server_name shop.example.com;
    ssl_certificate $pki/shop.chain.pem;
    ssl_certificate_key $pki/shop.key;
}
END
    client_curl -4 https://www.example.com/
}
