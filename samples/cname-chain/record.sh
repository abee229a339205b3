title='A name that is an alias of an alias'
group=dns
shows='two CNAME records lead to the address; the certificate is for the name that was queried'
outcome=established
programs=(curl nginx dnsmasq)
story='www.example.com is an alias of www.shop.example.net, which is an alias of edge-7.example.net, as content delivery
networks do it. SNI and certificate stay with www.example.com.'
proof=('dns.flags.response == 1 and dns.cname == "edge-7.example.net"' 'tls.handshake.type == 2')

play() {
    resolver_knows edge-7.example.net 203.0.113.55 --cname=www.example.com,www.shop.example.net \
        --cname=www.shop.example.net,edge-7.example.net
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    client_curl --http1.1 https://www.example.com/
}
