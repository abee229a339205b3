# The network the samples play in: four namespaces, three wires.
#
#   client ---1 ms--- router ---11 ms--- server       192.0.2.10, 2001:db8:1::10    203.0.113.55, 2001:db8:2::55
#                       '------1 ms--- resolver       192.0.2.53
#
# The wires are drawn through a fifth namespace, where wire.py holds every frame back for a while: not every
# kernel has netem. Nobody has a default route to the outside, so nothing can leave.

in_client()   { ip netns exec h2m-client "$@"; }
in_server()   { ip netns exec h2m-server "$@"; }
in_resolver() { ip netns exec h2m-resolver "$@"; }
in_router()   { ip netns exec h2m-router "$@"; }

network_up() {
    local place
    network_down
    for place in wire client server resolver router; do
        ip netns add "h2m-$place"
        ip -n "h2m-$place" link set lo up
    done
    ip netns exec h2m-wire sysctl -qw net.ipv6.conf.all.disable_ipv6=1
    in_router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    in_router sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
    # A path MTU learnt by one sample must not be remembered, nor TCP metrics by the next connection.
    in_client sysctl -qw net.ipv4.tcp_no_metrics_save=1

    draw_wire client eth0 10 client
    draw_wire server eth0 55 server
    draw_wire resolver eth0 53 resolver
    draw_wire router client0 01 to-client
    draw_wire router server0 02 to-server
    draw_wire router resolver0 03 to-resolver
    ip netns exec h2m-wire python3 "$samples/stage/wire.py" client:to-client:1 server:to-server:11 resolver:to-resolver:1 \
        > "$stage/wire.log" 2>&1 &
    disown
    wait_until grep -sq ready "$stage/wire.log"

    address client eth0 192.0.2.10/32 2001:db8:1::10/64
    address server eth0 203.0.113.55/24 2001:db8:2::55/64
    address resolver eth0 192.0.2.53/32
    address router client0 192.0.2.1/32 2001:db8:1::1/64
    address router server0 203.0.113.1/24 2001:db8:2::1/64
    address router resolver0 192.0.2.1/32

    ip -n h2m-router route add 192.0.2.10 dev client0
    ip -n h2m-router route add 192.0.2.53 dev resolver0
    for place in client resolver; do ip -n "h2m-$place" route add 192.0.2.1 dev eth0; done
    ip -n h2m-client route add 192.0.2.53 via 192.0.2.1
    ip -n h2m-resolver route add 192.0.2.10 via 192.0.2.1
    ip -n h2m-client route add 203.0.113.0/24 via 192.0.2.1
    ip -n h2m-server route add 192.0.2.0/24 via 203.0.113.1
    ip -n h2m-client route add 2001:db8:2::/64 via 2001:db8:1::1
    ip -n h2m-server route add 2001:db8:1::/64 via 2001:db8:2::1
    resolve_by 'options timeout:5 attempts:2'

    # The neighbours know each other, so that no sample begins with a wait for it.
    neighbour client eth0 01 192.0.2.1 2001:db8:1::1
    neighbour server eth0 02 203.0.113.1 2001:db8:2::1
    neighbour resolver eth0 03 192.0.2.1
    neighbour router client0 10 192.0.2.10 2001:db8:1::10
    neighbour router server0 55 203.0.113.55 2001:db8:2::55
    neighbour router resolver0 53 192.0.2.53
}

network_down() {
    local place pids
    for place in wire client server resolver router; do
        [[ -e /run/netns/h2m-$place ]] || continue
        pids=$(ip netns pids "h2m-$place")
        [[ -z $pids ]] || kill -9 $pids 2> /dev/null
        ip netns del "h2m-$place"
    done
    rm -rf /etc/netns/h2m-client /etc/netns/h2m-router
    rmdir /etc/netns 2> /dev/null
}

# One end of a wire: the interface of a place, the other half of it held by wire.py. What the client sees is what
# a network card would put on the wire: no offloading, so real checksums and segments of the path's size.
draw_wire() {
    local place=$1 interface=$2 number=$3 other_half=$4
    ip -n "h2m-$place" link add name "$interface" address "$mac_prefix:$number" type veth \
        peer name "$other_half" netns h2m-wire
    in_"$place" ethtool -K "$interface" tx off gso off tso off gro off > /dev/null 2>&1
    ip netns exec h2m-wire ethtool -K "$other_half" gro off > /dev/null 2>&1
    ip -n h2m-wire link set "$other_half" up
    in_"$place" sysctl -qw "net.ipv6.conf.$interface.accept_dad=0" "net.ipv6.conf.$interface.accept_ra=0" \
        "net.ipv6.conf.$interface.router_solicitations=0"
    ip -n "h2m-$place" link set "$interface" up
}

address() {
    local place=$1 interface=$2 address
    shift 2
    for address in "$@"; do ip -n "h2m-$place" address add "$address" dev "$interface"; done
}

neighbour() {
    local place=$1 interface=$2 number=$3 address
    shift 3
    for address in "$@"; do
        ip -n "h2m-$place" neighbour replace "$address" dev "$interface" lladdr "$mac_prefix:$number" nud permanent
    done
}

mac_prefix=00:00:5e:00:53 # for documentation, RFC 7042

# resolv.conf of the client, which `ip netns exec` puts in place of the machine's own.
resolve_by() {
    mkdir -p /etc/netns/h2m-client
    printf '%s\n' 'nameserver 192.0.2.53' "$@" > /etc/netns/h2m-client/resolv.conf
    echo 'hosts: files dns' > /etc/netns/h2m-client/nsswitch.conf
    echo '127.0.0.1 localhost' > /etc/netns/h2m-client/hosts
}
