title='Closed in the middle of the handshake'
group=path
shows='the server reads the ClientHello and closes without an alert'
outcome=closed_by_server
finding=closed-early
programs=(curl python3 dnsmasq)
story='The server accepts, reads the ClientHello and closes the connection with a FIN, but without an alert: a proxy
whose backend is gone does this. curl says "SSL_ERROR_SYSCALL",
other versions of OpenSSL "unexpected eof while reading".'
proof=('tls.handshake.type == 1' 'tcp.flags.fin == 1 and tcp.srcport == 443')
never=('tls.handshake.type == 2' 'tls.alert_message' 'tcp.srcport == 443 and tcp.flags.reset == 1')
said='SSL_ERROR_SYSCALL\|eof'

play() {
    resolver_knows www.example.com 203.0.113.55
    odd_server_serves close
    client_curl -4 https://www.example.com/
}
