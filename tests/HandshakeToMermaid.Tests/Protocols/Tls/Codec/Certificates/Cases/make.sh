#!/bin/sh
# Makes the certificates and OCSP responses of these tests with OpenSSL 3. The results are committed; run it again only to
# add to them, since keys, serial numbers and times are new each time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

printf '[req]\ndistinguished_name=dn\nstring_mask=utf8only\n[dn]\n' > empty.cnf

# self NAME SUBJECT KEY-OPTIONS... -- REQ-OPTIONS...: a self-signed certificate
self() {
    name=$1; subject=$2; shift 2
    key=""
    while [ $# -gt 0 ] && [ "$1" != -- ]; do key="$key $1"; shift; done
    [ $# -gt 0 ] && shift
    # shellcheck disable=SC2086
    openssl genpkey $key -out "$name.key" 2>/dev/null
    openssl req -x509 -new -utf8 -config empty.cnf -key "$name.key" -subj "$subject" -days 3650 "$@" -outform DER -out "$here/$name.der"
}

self rsa-2048 "/C=DE/O=Example/CN=www.example.com" -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -- -addext "subjectAltName=DNS:www.example.com,DNS:*.example.com,IP:192.0.2.1,IP:2001:db8::1,email:a@example.com"
self rsa-1024-sha1 "/CN=old.example.com" -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -- -sha1
self rsa-pss "/CN=pss.example.com" -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048
self rsa-pss-signature "/CN=pss2.example.com" -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -- -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sha384
for curve in P-256 P-384 P-521 secp256k1 brainpoolP256r1; do
    self "ec-$curve" "/CN=ec.example.com" -algorithm EC -pkeyopt ec_paramgen_curve:$curve -pkeyopt ec_param_enc:named_curve
done
self ec-explicit "/CN=explicit.example.com" -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
self ed25519 "/CN=ed25519.example.com" -algorithm ED25519
self ed448 "/CN=ed448.example.com" -algorithm ED448
openssl dsaparam -out dsa.pem 1024 2>/dev/null
self dsa-1024 "/CN=dsa.example.com" -paramfile dsa.pem -- -sha256

ec="-algorithm EC -pkeyopt ec_paramgen_curve:P-256"
# shellcheck disable=SC2086
{
self authority "/C=DE/O=Example, Inc./CN=Example Root" $ec -- -addext "basicConstraints=critical,CA:TRUE,pathlen:1" -addext "keyUsage=critical,keyCertSign,cRLSign" \
    -addext "nameConstraints=critical,permitted;DNS:example.com,permitted;DNS:.example.net,permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:2001:db8::/ffff:ffff::,excluded;DNS:secret.example.com,excluded;IP:10.1.2.0/255.255.255.0,excluded;email:example.org"
self leaf-extensions "/CN=leaf.example.com" $ec -- -addext "basicConstraints=CA:FALSE" -addext "keyUsage=critical,digitalSignature,keyEncipherment,decipherOnly" \
    -addext "extendedKeyUsage=serverAuth,clientAuth,1.2.3.4.5" -addext "tlsfeature=status_request" \
    -addext "authorityInfoAccess=OCSP;URI:http://ocsp.example.com/,caIssuers;URI:http://example.com/ca.der" -addext "1.2.3.4=critical,ASN1:UTF8String:unknown"
self names-many "/CN=many.example.com" $ec -- -addext "subjectAltName=$(seq -s, -f 'DNS:n%g.example.com' 1 200)"
self names-odd '/C=DE/ST=Zürich \+ Süd/O=A, "B" <C>; \\D#/OU=#hash/OU= leading/CN=bücher.example/emailAddress=x@example.com' $ec -- -multivalue-rdn -addext "subjectAltName=DNS:xn--bcher-kva.example"
self names-common-first "/CN=first.example.com/O=Example/C=DE" $ec
self names-multivalue "/O=Example/CN=multi.example.com+UID=u1" $ec -- -multivalue-rdn
self names-none "/" $ec -- -addext "subjectAltName=critical,DNS:san-only.example.com"
}

# dated NAME START END: signed by ourselves with openssl ca, which takes any date
printf '[ca]\ndefault_ca=d\n[d]\nnew_certs_dir=.\ndatabase=dates.txt\nserial=dates.srl\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' > ca.cnf
dated() {
    : > dates.txt; echo "$4" > dates.srl
    openssl req -new -config empty.cnf -key ed25519.key -subj "/CN=$1.example.com" -out "$1.csr"
    openssl ca -config ca.cnf -cert ec-P-256.pem -keyfile ec-P-256.key -batch -notext -in "$1.csr" -startdate "$2" -enddate "$3" -out "$1.pem" 2>/dev/null
    openssl x509 -in "$1.pem" -outform DER -out "$here/$1.der"
}
openssl x509 -inform DER -in "$here/ec-P-256.der" -out ec-P-256.pem
dated dates-1950 500101000000Z 691231235959Z 00
dated dates-9999 20260101000000Z 99991231235959Z 0A1B
dated dates-1600 16000229010203Z 22620412000000Z 80FFEEDDCCBBAA99887766554433221100

# OCSP: a good, a revoked and an unknown certificate, signed by the authority or by a delegated responder
openssl x509 -inform DER -in "$here/authority.der" -out authority.pem
issue() {
    openssl req -new -config empty.cnf -key ed25519.key -subj "/CN=$1" -out "$1.csr"
    printf '%s' "${3:-}" > "$1.ext"
    openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -set_serial "$2" -days 3650 -extfile "$1.ext" -out "$1.pem" 2>/dev/null
}
issue good 0x1001; issue revoked 0x1002; issue unknown 0x1003
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out responder.key 2>/dev/null
openssl req -new -config empty.cnf -key responder.key -subj "/CN=Responder" -out responder.csr
printf 'extendedKeyUsage=OCSPSigning\n' > responder.ext
openssl x509 -req -in responder.csr -CA authority.pem -CAkey authority.key -set_serial 0x2001 -days 3650 -extfile responder.ext -out responder.pem 2>/dev/null
printf 'V\t400101000000Z\t\t1001\tunknown\t/CN=good\nR\t400101000000Z\t260102030405Z,keyCompromise\t1002\tunknown\t/CN=revoked\n' > index.txt
# answer NAME CERTIFICATE SIGNER SIGNER-KEY OPTIONS...
answer() {
    name=$1; certificate=$2; signer=$3; key=$4; shift 4
    openssl ocsp -issuer authority.pem -cert "$certificate" -reqout q.der >/dev/null 2>&1
    openssl ocsp -index index.txt -CA authority.pem -rsigner "$signer" -rkey "$key" -reqin q.der -respout "$here/$name.der" "$@" >/dev/null 2>&1
}
answer ocsp-good good.pem authority.pem authority.key -ndays 7 -resp_no_certs
answer ocsp-revoked revoked.pem responder.pem responder.key -ndays 7 -resp_key_id
answer ocsp-unknown unknown.pem authority.pem authority.key -resp_no_certs
printf '\060\003\012\001\003' > "$here/ocsp-try-later.der"
