#!/bin/sh
# Mutation testing of rooms with Stryker.NET: mutation.sh [ROOM...]. The mutants of a room are run against the tests of that room only, in a copy of the
# last commit. A room whose row in README.md is of today is skipped: an interrupted run goes on where it was.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${MUTATION_OUT:-${TMPDIR:-/tmp}/h2m-mutation}
today=$(date -u +%F)

count() { grep -o "\"status\": *\"$1\"" "$report" | wc -l; }

[ $# -gt 0 ] || set -- Wire Packets Streams Protocols/Tls/Codec Diagnosis
for room; do
    case $room in
        Wire | Packets | Streams | Protocols/Tls/Codec | Diagnosis) ;;
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
    printf '{"stryker-config": {"project": "HandshakeToMermaid.csproj", "mutate": ["%s/**/*.cs"], "test-case-filter": "FullyQualifiedName~HandshakeToMermaid.Tests.%s", "reporters": ["json", "cleartext"]}}\n' "$room" "$name" > "$folder/config.json"
    nice -n 10 dotnet stryker -f "$folder/config.json" -O "$folder" --concurrency "${MUTATION_JOBS:-1}" --skip-version-check > "$folder/log.txt" 2>&1 || { tail -5 "$folder/log.txt" >&2; exit 1; }
    report=$folder/reports/mutation-report.json
    caught=$(($(count Killed) + $(count Timeout)))
    missed=$(($(count Survived) + $(count NoCoverage)))
    score=$(awk "BEGIN { printf \"%.1f\", 100 * $caught / ($caught + $missed) }")
    sed -i "s#^<!-- mutation:end -->#| $room | $today | $((caught + missed)) | $caught | $missed | $score |\n&#" "$here/README.md"
    echo "$room: $score % of $((caught + missed)) mutants; survivors: $folder/log.txt"
done
