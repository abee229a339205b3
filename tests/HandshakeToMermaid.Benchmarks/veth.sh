# For scripts that replay a capture to whoever listens (source it; root, tcpreplay): a veth pair between two network namespaces of its
# own, near0 in $near and far0 in $far, and a folder for files, $work; all of it goes when the script ends. Wants $capture.
export LC_ALL=C
work=$(mktemp -d)
near=near-$$ far=far-$$
trap 'ip netns del $near 2>/dev/null || true; ip netns del $far 2>/dev/null || true; rm -rf "$work"' EXIT

ip netns add $near
ip netns add $far
ip link add near0 netns $near mtu 65535 type veth peer name far0 mtu 65535 netns $far
for n in $near $far; do ip netns exec $n sysctl -qw net.ipv6.conf.all.disable_ipv6=1; done
ip -n $near link set near0 up
ip -n $far link set far0 up

# replay OPTION...: what tcpreplay says of it.
replay() { ip netns exec $near tcpreplay -q -K -i near0 "$@" "$capture" 2>&1; }

# await WORD FILE: until a program has written the word.
await() { until grep -q "$1" "$2"; do sleep 0.1; done; }

# end PID: not by INT, which a shell script's background jobs do not hear.
end() {
    kill -TERM "$1"
    wait "$1" || true
}
