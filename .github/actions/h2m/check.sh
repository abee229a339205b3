#!/usr/bin/env bash
# Checks captures. What fails becomes an annotation, and its diagram a part of the job summary.
set -euo pipefail

# Lines of the inputs, and not their words: nothing of them is evaluated, and a glob is a matter of h2m.
lines() { grep -v '^[[:space:]]*$' <<< "$1" || true; }
mapfile -t captures < <(lines "$H2M_CAPTURES")
mapfile -t arguments < <(lines "$H2M_CHECK")

offenders=$(mktemp -d)
trap 'rm -rf "$offenders"' EXIT
code=0
"$H2M" check "${arguments[@]}" -f github -o "$offenders" --no-progress "${captures[@]}" || code=$?
case $code in
  0) verdict='✓ every assertion holds' ;;
  1) verdict='✗ an assertion does not hold' ;;
  *) verdict="✗ h2m check ended with exit code $code" ;;
esac
{
  echo "### h2m check: $verdict"
  for diagram in "$offenders"/*.mmd; do
    [[ -f $diagram ]] || continue
    printf '\n`%s`\n\n```mermaid\n' "$(basename "$diagram" .mmd)"
    cat "$diagram"
    printf '```\n'
  done
} > "$offenders/summary"

# A step's summary is limited to 1 MiB; above it, GitHub shows none of it.
if (( $(wc -c < "$offenders/summary") < 1000000 )); then
  cat "$offenders/summary" >> "$GITHUB_STEP_SUMMARY"
else
  printf '### h2m check: %s\n\nThe diagrams are too large for a summary.\n' "$verdict" >> "$GITHUB_STEP_SUMMARY"
fi
exit "$code"
