#!/bin/sh
# Mutation testing of rooms with Stryker.NET: mutation.sh [ROOM...]. The mutants of a room, but for generated tables, are run against the tests of that room
# (of the codec: of TLS) only, in a copy of the last commit. A room whose row in README.md is of today is skipped: an interrupted run goes on where it was.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${MUTATION_OUT:-${TMPDIR:-/tmp}/h2m-mutation}
today=$(date -u +%F)

[ $# -gt 0 ] || set -- Wire Packets Streams Protocols/Tls/Codec Diagnosis
for room; do
    # Stryker needs a test to begin with, and asks none: nothing changed since the commit. The tests of the room are asked below.
    tests=$(echo "$room" | tr / .)
    case $room in
        Wire | Packets) test=Wire.BoundsTests.A_hash_reads_no_byte_behind_its_span ;;
        Streams) test=Streams.StreamBuffersTests.Foreign_arrays_are_not_rented_out ;;
        Protocols/Tls/Codec) test=Protocols.Tls.Codec.Registries.RegistryValueTests.An_alert_has_a_level tests=Protocols.Tls ;;
        Diagnosis) test=Diagnosis.Evidence.WordingTests.A_date_is_the_day_of_a_timestamp ;;
        *) echo "usage: mutation.sh [Wire|Packets|Streams|Protocols/Tls/Codec|Diagnosis]..." >&2; exit 2 ;;
    esac
    grep -q "^| $room | $today |" "$here/README.md" && continue
    name=$(echo "$room" | tr / .)
    folder=$out/$name
    rm -rf "$folder"
    mkdir -p "$folder"
    git clone -q "$here/.." "$folder/copy"
    cd "$folder/copy"
    git ls-files 'src/HandshakeToMermaid/*.cs' | grep -v "^src/HandshakeToMermaid/$room/" | while read -r file; do
        sed -i '1s|^\(\xef\xbb\xbf\)\{0,1\}|&// Stryker disable all\n|' "$file"
    done
    cd tests/HandshakeToMermaid.Tests
    dotnet tool restore > /dev/null
    printf '{"stryker-config": {"project": "HandshakeToMermaid.csproj", "mutate": ["%s/**/*.cs", "!**/*.g.cs"], "test-case-filter": "FullyQualifiedName=HandshakeToMermaid.Tests.%s", "reporters": ["json"], "since": {"enabled": true, "target": "%s"}}}\n' "$room" "$test" "$(git rev-parse HEAD)" > "$folder/config.json"
    dotnet build ../HandshakeToMermaid.Mutation -v q -nologo
    library=bin/Debug/net10.0/HandshakeToMermaid.dll
    nice -n 10 dotnet stryker -f "$folder/config.json" -O "$folder" --skip-version-check > "$folder/log.txt" 2>&1 &
    stryker=$!
    # While it runs, its library is in the place of ours.
    while kill -0 $stryker 2> /dev/null; do
        if [ -f $library.stryker-unchanged ] && ! cmp -s $library $library.stryker-unchanged 2> /dev/null; then cp $library "$folder/mutants.dll" 2> /dev/null || true; fi
        sleep 0.3
    done
    wait $stryker || true
    report=$folder/reports/mutation-report.json
    [ -f "$report" ] && [ -f "$folder/mutants.dll" ] || { tail -5 "$folder/log.txt" >&2; exit 1; }
    cd ../HandshakeToMermaid.Mutation/bin/Debug/net10.0
    cp "$folder/mutants.dll" HandshakeToMermaid.dll
    result=$(nice -n 10 ./HandshakeToMermaid.Mutation run "HandshakeToMermaid.Tests.$tests" "$report" "$folder" "${MUTATION_JOBS:-1}" "${MUTATION_EVERY:-1}")
    read -r all caught missed <<EOF
$result
EOF
    score=$(awk "BEGIN { printf \"%.1f\", 100 * $caught / ($caught + $missed) }")
    sed -i "s#^<!-- mutation:end -->#| $room | $today | $all | $((caught + missed)) | $caught | $missed | $score |\n&#" "$here/README.md"
    echo "$room: $score % of $((caught + missed)) of $all mutants; survivors: $folder/survivors.txt"
done
