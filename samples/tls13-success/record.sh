title='TLS 1.3, from the DNS query to the page'
group=success
shows='DNS, TCP, a TLS 1.3 handshake of one round trip, request and response'
outcome=established
keys=yes
programs=(curl nginx dnsmasq)
story='curl asks for the A and AAAA records of www.example.com, connects to the address that came back and completes
a TLS 1.3 handshake with nginx: two round trips from SYN to request. With the key log the certificate, the Finished
messages and the HTTP exchange can be seen.'
proof=(
    'dns.qry.type == 1 and dns.flags.response == 1' 'dns.qry.type == 28'
    'tls.handshake.type == 2 and tls.handshake.extensions.supported_version == 0x0304'
    'tls.handshake.type == 11' 'tls.handshake.type == 20 and tcp.srcport == 443' 'http.response.code == 200'
)

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    client_curl --http1.1 https://www.example.com/
}
