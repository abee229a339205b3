title='A page in a browser'
group=success
shows='Chromium loads a page from three hosts; it queries HTTPS records first, which do not exist'
outcome=established
programs=(chromium nginx dnsmasq)
story='A page of www.example.com:8443 with a style sheet and a picture from two other hosts. For each host Chromium asks for
the address and, since the port is not 443, for the HTTPS record of _8443._https.NAME (RFC 9460). Those names do not
exist, which is not a failure: every connection is established. Chromium opens a second connection to the first host in
advance and closes it unused.'
proof=('dns.qry.name == "_8443._https.www.example.com" and dns.flags.rcode == 3' 'tls.handshake.extensions_server_name == "static.example.com"'
       'tls.handshake.extensions_server_name == "shop.example.com"' 'tls.app_data and tcp.dstport == 8443')
never=('tls.alert_message.level == 2' 'udp.port == 443')

play() {
    resolver_knows www.example.com 203.0.113.55 --host-record=static.example.com,203.0.113.55 --host-record=shop.example.com,203.0.113.55
    nginx_serves 8443 <<END
ssl_protocols TLSv1.3;
ssl_session_tickets off;
server {
    listen 8443 ssl http2;
    server_name www.example.com;
    ssl_certificate $pki/www.chain.pem;
    ssl_certificate_key $pki/www.key;
    default_type text/html;
    return 200 '<link rel=stylesheet href=https://static.example.com:8443/page.css><img src=https://shop.example.com:8443/cart.svg>It works.';
}
server {
    listen 8443 ssl http2;
    server_name static.example.com;
    ssl_certificate $pki/static.chain.pem;
    ssl_certificate_key $pki/static.key;
    default_type text/css;
    return 200 'body { color: navy }';
}
server {
    listen 8443 ssl http2;
    server_name shop.example.com;
    ssl_certificate $pki/shop.chain.pem;
    ssl_certificate_key $pki/shop.key;
    default_type image/svg+xml;
    return 200 '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
}
END
    client_chromium https://www.example.com:8443/
}
