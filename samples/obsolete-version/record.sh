title='TLS 1.0, still'
group=negotiation
shows='a connection that succeeds, with a version that RFC 8996 forbids'
outcome=established
finding=obsolete-version
programs=(openssl dnsmasq)
story='openssl s_client and s_server, both lowered to security level 0 and TLS 1.0. It works, and should not.'
proof=('tls.handshake.type == 2 and tls.handshake.version == 0x0301' 'tls.app_data and tcp.srcport == 443')

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1 -cipher DEFAULT:@SECLEVEL=0
    client_openssl -tls1 -cipher DEFAULT:@SECLEVEL=0
}
