title='Rejected late: the client certificate is missing, in TLS 1.3'
group=client-certificate
shows='the client has finished and sent its request when the server sends certificate_required'
outcome=rejected_late
finding=client-certificate-missing
keys=yes
programs=(openssl dnsmasq)
story='In TLS 1.3 the client is done, and sends its request, before the server has seen the empty Certificate. The
refusal comes a round trip later, as an alert after the handshake; programs then see a failing read, not a failing
connect.'
proof=('tls.handshake.type == 13' 'tls.handshake.type == 20 and tcp.dstport == 443'
       'tls.alert_message.desc == 116 and tcp.srcport == 443')
said='certificate required'

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves www -tls1_3 -Verify 2 -CAfile "$pki/root.pem"
    client_openssl -tls1_3
}
