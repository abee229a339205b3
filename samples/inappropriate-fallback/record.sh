title='A fallback that was not needed'
group=negotiation
shows='the client tries again with a lower version and signals it; the server supports a higher one: inappropriate_fallback'
outcome=alert
finding=inappropriate-fallback
programs=(openssl nginx dnsmasq)
story='The client offers TLS 1.2 with TLS_FALLBACK_SCSV, as after a first attempt that failed. nginx supports TLS
1.3, concludes that the first attempt was disrupted, and refuses (RFC 7507).'
proof=('tls.handshake.ciphersuite == 0x5600' 'tls.alert_message.desc == 86 and tcp.srcport == 443')
said='inappropriate fallback'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.2 TLSv1.3;'
    client_openssl -tls1_2 -fallback_scsv
}
