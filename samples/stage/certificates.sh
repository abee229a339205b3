# The certificates of the samples: made anew at every run, valid relative to now, small keys.
# Each NAME has NAME.key and NAME.pem; NAME.chain.pem is what a well-set server sends (leaf, then intermediate),
# NAME.issuers.pem the same without the leaf.

make_certificates() {
    local folder=$1
    mkdir -p "$folder"
    cd "$folder" || return 1
    echo "making certificates"
    cat > ca.cnf <<'END'
[ca]
default_ca = any
[any]
database = $ENV::DATABASE
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = as_asked
[as_asked]
commonName = supplied
organizationName = optional
END
    # NAME ISSUER COMMON-NAME KIND, then what is not as usual
    issue root     root    'Example Root CA'    authority  from='2 years ago' until='8 years'
    issue issuing  root    'Example Issuing CA' authority  from='1 year ago' until='4 years'
    issue www      issuing 'www.example.com'    server
    issue shop     issuing 'shop.example.com'   server
    issue static   issuing 'static.example.com' server
    issue expired  issuing 'www.example.com'    server     from='100 days ago' until='10 days ago'
    issue future   issuing 'www.example.com'    server     from='5 days' until='95 days'
    issue weak     issuing 'www.example.com'    server     key=RSA:1024
    issue staple   issuing 'www.example.com'    server     extra='tlsfeature = status_request'
    issue revoked  issuing 'www.example.com'    server
    issue proxy    root    'proxy.example.net'  server
    issue client   issuing 'billing-service'    client
    issue self     self    'www.example.com'    server

    issue rsa-root    rsa-root    'Example RSA Root CA'    authority key=RSA:2048 from='2 years ago' until='8 years'
    issue rsa-issuing rsa-root    'Example RSA Issuing CA' authority key=RSA:2048 from='1 year ago' until='4 years'
    issue rsa-www     rsa-issuing 'www.example.com'        server    key=RSA:2048

    issue other-root    other-root 'Other Root CA'    authority
    issue other-issuing other-root 'Other Issuing CA' authority
    issue other-www     other-issuing 'www.example.com' server
    issue other-client  other-root 'billing-service'  client

    DATABASE=issuing.index openssl ca -config ca.cnf -revoke revoked.pem -crl_reason keyCompromise \
        -keyfile issuing.key -cert issuing.pem 2>> openssl.log
    staple www
    staple revoked
}

issue() {
    local name=$1 issuer=$2 subject=$3 kind=$4 key=EC:P-256 from='30 days ago' until='60 days' extra=''
    shift 4
    [[ $# == 0 ]] || local "$@"
    case $key in
        EC:*)  openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:${key#*:}" -out "$name.key" ;;
        RSA:*) openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:${key#*:}" -out "$name.key" ;;
    esac 2>> openssl.log
    touch "$issuer.index"
    openssl req -new -key "$name.key" -subj "/CN=$subject" -out "$name.csr" 2>> openssl.log
    { extensions_of "$kind" "$subject"; echo "$extra"; } > "$name.ext"

    local signer=(-keyfile "$issuer.key" -cert "$issuer.pem")
    [[ $issuer != "$name" ]] || signer=(-keyfile "$name.key" -selfsign)
    DATABASE=$issuer.index openssl ca -config ca.cnf -batch -notext "${signer[@]}" -in "$name.csr" \
        -extfile "$name.ext" -startdate "$(instant "$from")" -enddate "$(instant "$until")" \
        -out "$name.pem" 2>> openssl.log || { cat openssl.log >&2; return 1; }
    if [[ $issuer == *issuing ]]; then cp "$issuer.pem" "$name.issuers.pem"; else : > "$name.issuers.pem"; fi
    cat "$name.pem" "$name.issuers.pem" > "$name.chain.pem"
}

extensions_of() {
    echo 'subjectKeyIdentifier = hash'
    echo 'authorityKeyIdentifier = keyid'
    case $1 in
        authority) printf '%s\n' 'basicConstraints = critical, CA:true' 'keyUsage = critical, keyCertSign, cRLSign' ;;
        server)    printf '%s\n' 'basicConstraints = CA:false' 'keyUsage = critical, digitalSignature, keyEncipherment' \
                          'extendedKeyUsage = serverAuth' "subjectAltName = DNS:$2" ;;
        client)    printf '%s\n' 'basicConstraints = CA:false' 'keyUsage = critical, digitalSignature' \
                          'extendedKeyUsage = clientAuth' ;;
    esac
}

instant() { date --utc --date "$1" +%Y%m%d%H%M%SZ; }

# The answer of the issuer's OCSP responder about NAME, as a server staples it.
staple() {
    openssl ocsp -index issuing.index -CA issuing.pem -rsigner issuing.pem -rkey issuing.key -ndays 7 \
        -issuer issuing.pem -cert "$1.pem" -reqout "$1.ocsp-request" 2>> openssl.log
    openssl ocsp -index issuing.index -CA issuing.pem -rsigner issuing.pem -rkey issuing.key -ndays 7 \
        -reqin "$1.ocsp-request" -respout "$1.ocsp" >> openssl.log 2>&1
}
