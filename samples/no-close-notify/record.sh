title='Closed without close_notify'
group=path
shows='the response ends with a FIN and no close_notify: it may be truncated'
outcome=established
finding=no-close-notify
keys=yes
programs=(curl python3 dnsmasq)
story='The server responds without a length and just closes TCP. The client cannot know whether the response was cut
short. curl accepts it; stricter programs report "unexpected eof while reading".'
proof=('http.request' 'tls.app_data and tcp.srcport == 443' 'tcp.flags.fin == 1 and tcp.srcport == 443')
never=('tls.alert_message and tcp.srcport == 443')
said='It works'

play() {
    resolver_knows www.example.com 203.0.113.55
    odd_server_serves curt "$pki/www.chain.pem" "$pki/www.key"
    client_curl -4 --http1.1 https://www.example.com/
}
