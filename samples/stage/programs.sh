# The programs that play the samples: how they are started, and which version they are.

# resolver_knows NAME ADDRESS[,ADDRESS...] [dnsmasq option...]: dnsmasq answers for example.com and example.net,
# on $port instead of 53 when that is set.
resolver_knows() {
    local record=$1,$2
    shift 2
    resolver_runs "${port-53}" dnsmasq --port="${port-53}" --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --user=root --pid-file= \
        --local=/example.com/ --local=/example.net/ --local-ttl=300 --host-record="$record" "$@"
}

# unbound asks the server at port 5353, which may be down.
unbound_resolves() {
    cat > "$stage/unbound.conf" <<END
server:
    interface: 192.0.2.53
    access-control: 192.0.2.0/24 allow
    module-config: "iterator"
    do-not-query-localhost: no
    username: ""
    chroot: ""
    directory: "$stage"
    pidfile: ""
    use-syslog: no
    do-daemonize: no
forward-zone:
    name: "."
    forward-addr: 127.0.0.1@5353
END
    resolver_runs 53 unbound -d -c "$stage/unbound.conf"
}

resolver_runs() {
    local port=$1
    shift
    in_resolver "$@" > "$stage/$1.log" 2>&1 &
    disown
    wait_until listens resolver u "$port"
}

# serve PORT COMMAND...: a program in the server's namespace; waits until it listens.
serve() {
    local port=$1
    shift
    (cd "$stage/www" && in_server "$@" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server t "$port"
}

listens() { [[ -n $(ip netns exec "h2m-$1" ss -Hln"$2" "sport = :$3") ]]; }

# nginx_serves PORT < server blocks
nginx_serves() {
    cat > "$stage/nginx.conf" <<END
daemon off; master_process off; worker_processes 1; pid $stage/nginx.pid; error_log $stage/server.log;
events { }
http { access_log off; server_tokens off; default_type text/plain;
$(cat)
}
END
    serve "$1" nginx -p "$stage" -e "$stage/server.log" -c "$stage/nginx.conf"
}

# nginx_serves_www NAME [DIRECTIVES]: www.example.com over TLS, with NAME's certificate and chain.
nginx_serves_www() {
    nginx_serves 443 <<END
server {
    listen 443 ssl;
    listen [::]:443 ssl;
    server_name www.example.com;
    ssl_certificate $pki/$1.chain.pem;
    ssl_certificate_key $pki/$1.key;
    ${2-}
    return 200 "It works.\n";
}
END
}

# Over HTTP/2 curl refuses the certificate of shop.example.com after the handshake, without an alert.
wrong_name_over_http2() {
    nginx_serves 443 <<END
server {
    listen 443 ssl http2;
    server_name www.example.com;
    ssl_protocols TLSv1.3;
    ssl_session_tickets off;
    ssl_certificate $pki/shop.chain.pem;
    ssl_certificate_key $pki/shop.key;
    return 200 "It works.\n";
}
END
    client_curl -4 --http2 https://www.example.com/
}

# openssl_serves NAME OPTION...: the same by openssl s_server.
openssl_serves() {
    local name=$1 issuers=()
    shift
    [[ ! -s $pki/$name.issuers.pem ]] || issuers=(-cert_chain "$pki/$name.issuers.pem")
    serve 443 openssl s_server -accept 443 -WWW -cert "$pki/$name.pem" -key "$pki/$name.key" "${issuers[@]}" "$@"
}

# odd_server_serves MODE...: a server that behaves as no good server does; see odd_server.py.
odd_server_serves() { serve 443 python3 "$samples/stage/odd_server.py" "$@"; }

# postgresql_serves PG_HBA_LINE [off]: a PostgreSQL server with TLS at 5432, or without, which admits whom that line admits.
postgresql_serves() {
    local folder=$stage/postgresql as_postgres=(setpriv --reuid postgres --regid postgres --clear-groups)
    install -d -o postgres "$folder"
    chmod 711 "$work" "$stage"
    "${as_postgres[@]}" initdb -D "$folder" -A trust > "$stage/initdb.log" 2>&1
    install -o postgres -m 600 "$pki/www.key" "$folder/server.key"
    install -o postgres "$pki/www.chain.pem" "$folder/server.crt"
    echo "$1" > "$folder/pg_hba.conf"
    serve 5432 "${as_postgres[@]}" postgres -D "$folder" -k "$folder" -c ssl="${2-on}" -c listen_addresses='*'
}

# proxy_runs PORT COMMAND...: a proxy on the router, at 192.0.2.1. It finds the server by its hosts file.
proxy_runs() {
    local port=$1
    shift
    mkdir -p /etc/netns/h2m-router
    echo '203.0.113.55 www.example.com' > /etc/netns/h2m-router/hosts
    chmod 711 "$work" "$stage"
    in_router "$@" > "$stage/$1.log" 2>&1 &
    disown
    wait_until listens router t "$port"
}

# Squid at 3128, for who knows the password of "visitor"; "tls" for TLS with the proxy itself, at 3129.
squid_proxies() {
    local helper number=3128 port='http_port 3128'
    [[ ${1-} != tls ]] || number=3129 port="https_port 3129 tls-cert=$pki/proxy.pem tls-key=$pki/proxy.key"
    chmod 711 "$work" "$pki"
    chmod 644 "$pki/proxy.key"
    helper=$(PATH=/usr/lib/squid:/usr/lib64/squid:$PATH command -v basic_ncsa_auth)
    echo "visitor:$(openssl passwd -apr1 example)" > "$stage/passwords"
    cat > "$stage/squid.conf" <<END
$port
auth_param basic program $helper $stage/passwords
auth_param basic realm proxy
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all
cache deny all
access_log none
cache_log stdio:/dev/stderr
logfile_rotate 0
pid_filename none
netdb_filename none
pinger_enable off
visible_hostname proxy.example.net
shutdown_lifetime 0 seconds
END
    proxy_runs "$number" squid -N -d 1 -f "$stage/squid.conf"
}

# Tinyproxy at 8888, which allows tunnels to port 443.
tinyproxy_proxies() {
    printf '%s\n' 'Port 8888' 'Timeout 30' 'Allow 192.0.2.0/24' 'ConnectPort 443' 'DisableViaHeader Yes' > "$stage/tinyproxy.conf"
    proxy_runs 8888 tinyproxy -d -c "$stage/tinyproxy.conf"
}

# nghttpx at 3130, in HTTP/2 over TLS, for the proxy at 8888, which opens the tunnels.
nghttpx_proxies() {
    proxy_runs 3130 nghttpx --conf=/dev/null --http2-proxy --frontend='192.0.2.1,3130' --backend='192.0.2.1,8888' --workers=1 "$pki/proxy.key" "$pki/proxy.pem"
}

# Dante at 1080, open to all.
dante_proxies() {
    cat > "$stage/danted.conf" <<'END'
logoutput: stderr
internal: 192.0.2.1 port = 1080
external: 203.0.113.1
clientmethod: none
socksmethod: none
user.privileged: root
user.unprivileged: nobody
client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
END
    proxy_runs 1080 danted -f "$stage/danted.conf"
}

server_stops() {
    kill $(ip netns pids h2m-server)
    wait_until server_is_gone
}

server_is_gone() { [[ -z $(ip netns pids h2m-server) ]]; }

# The clients may fail: that is what most samples are about. They never run longer than half a minute.

client() { SSLKEYLOGFILE=$stage/keys.log in_client timeout 30 "$@" >> "$stage/client.log" 2>&1 || true; }

# client_with_key_log COMMAND...: for a program that uses OpenSSL and writes no key log itself. It runs on beside the sample.
client_with_key_log() {
    clang -shared -fPIC -O1 -o "$stage/keylog.so" "$samples/stage/keylog.c" -ldl || return 1
    SSLKEYLOGFILE=$stage/keys.log LD_PRELOAD=$stage/keylog.so in_client "$@" > "$stage/client.log" 2>&1 &
    disown
}

# curl trusts the example root alone.
client_curl() { client curl --silent --show-error --cacert "$pki/root.pem" "$@"; }

# openssl s_client sends the request for the page of the stage after the handshake, or what $request names.
client_openssl() {
    printf 'GET /index.html HTTP/1.0\r\n\r\n' > "$stage/request"
    client openssl s_client -4 -ign_eof -connect www.example.com:443 -servername www.example.com -CAfile "$pki/root.pem" \
        -verify_return_error -verify_hostname www.example.com -keylogfile "$stage/keys.log" "$@" \
        < "${request-$stage/request}"
}

# gnutls-cli sends the request for the page of the stage as well.
client_gnutls() {
    printf 'GET /index.html HTTP/1.0\r\n\r\n' > "$stage/request"
    client gnutls-cli --x509cafile "$pki/root.pem" "$@" < "$stage/request"
}

# Chromium without a screen, and without the names it would look up for itself.
client_chromium() {
    HOME=$stage client chromium --headless --no-sandbox --disable-gpu --user-data-dir="$stage/chromium" \
        --no-first-run --disable-background-networking --disable-component-update --disable-sync ${quic---disable-quic} \
        --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE *.example.com, EXCLUDE *.example.net' --ignore-certificate-errors --dump-dom "$@"
}

version_of() {
    case $1 in
        chromium)              echo "Chromium $(chromium --version 2> /dev/null | grep -o '[0-9][0-9.]*' | head -n 1)" ;;
        curl)                  echo "curl $(curl --version | awk 'NR == 1 { print $2 }') ($(curl --version | grep -oE '(OpenSSL|GnuTLS)/[0-9.]+'))" ;;
        danted)                echo "Dante $(danted -v 2>&1 | grep -o '[0-9][0-9.]*' | head -n 1)" ;;
        dnsmasq)               echo "dnsmasq $(dnsmasq --version | awk 'NR == 1 { print $3 }')" ;;
        hostapd|wpa_supplicant) echo "$1 $("$1" -v 2>&1 | grep -om 1 '[0-9][0-9.]*')" ;;
        gnutls-cli|gnutls-serv) echo "$1 $("$1" --version | awk 'NR == 1 { print $NF }')" ;;
        nghttpx)               echo "nghttpx $(nghttpx --version | grep -o "[0-9][0-9.]*$")" ;;
        nginx)                 echo "nginx $(nginx -v 2>&1 | grep -o '[0-9][0-9.]*')" ;;
        openssl)               echo "OpenSSL $(openssl version | awk '{ print $2 }')" ;;
        postgres)              echo "PostgreSQL $(postgres --version | awk '{ print $3 }')" ;;
        psql)                  echo "psql $(psql --version | awk '{ print $3 }')" ;;
        python3)               echo "Python $(python3 --version | awk '{ print $2 }')" ;;
        squid)                 echo "Squid $(squid -v | awk 'NR == 1 { print $NF }')" ;;
        tinyproxy)             echo "Tinyproxy $(tinyproxy -v | awk '{ print $2 }')" ;;
        unbound)               echo "unbound $(unbound -V | awk 'NR == 1 { print $2 }')" ;;
        *)                     echo "$1" ;;
    esac
}
