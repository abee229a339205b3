title='The client closes after the server'\''s flight, in TLS 1.3 and without secrets'
group=certificate
shows='no secrets: all that can be seen is a client that closes after a record of the size of an alert'
outcome=client_rejected
programs=(gnutls-cli nginx dnsmasq)
story='The certificate has expired, and gnutls-cli rejects it. But certificate and alert are encrypted, and there are no
secrets: visible are the server'\''s flight, one short record from the client, and the end of the connection. This is what most
captures of failed TLS 1.3 handshakes look like.'
proof=('tls.handshake.type == 2 and tls.handshake.extensions.supported_version == 0x0304'
       'tls.record.opaque_type == 23 and tls.alert_message.level == 2 and tcp.dstport == 443')
never=('tls.handshake.type == 20 and tcp.dstport == 443')
said='expired'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www expired 'ssl_protocols TLSv1.3;'
    client_gnutls www.example.com
}
