title='A slow server'
group=time
shows='the ClientHello is acknowledged at once, the ServerHello comes 0.9 seconds later'
outcome=established
finding=slow-server
programs=(curl python3 dnsmasq)
story='The server'\''s kernel acknowledges the ClientHello after one round trip, but the application needs 0.9 seconds to answer:
the network is not the cause.'
proof=('tls.handshake.type == 2 and tcp.time_delta > 0.85' 'tls.app_data and tcp.dstport == 443')

play() {
    resolver_knows www.example.com 203.0.113.55
    odd_server_serves slow 0.9 "$pki/www.chain.pem" "$pki/www.key"
    client_curl -4 --http1.1 https://www.example.com/
}
