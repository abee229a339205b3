#!/usr/bin/env bash
# Holds that the diagrams of Markdown files are current. Each stale one becomes an annotation and a line of the job summary.
set -euo pipefail
shopt -s globstar nullglob

files=()
while IFS= read -r line; do
  [[ -n ${line//[[:space:]]/} ]] || continue

  # Unquoted so that a glob matches, without splitting at spaces.
  IFS= matches=($line)
  (( ${#matches[@]} > 0 )) || matches=("$line")
  files+=("${matches[@]}")
done <<< "$H2M_MARKDOWN"

code=0
stale=$("$H2M" embed --check -- "${files[@]}") || code=$?
case $code in
  0) verdict='✓ every diagram is current' ;;
  1) verdict='✗ stale diagrams' ;;
  *) verdict="✗ h2m embed ended with exit code $code" ;;
esac
{
  echo "### h2m embed --check: $verdict"
  while IFS= read -r line; do
    [[ -z $line ]] || printf -- '- `%s`\n' "$line"
  done <<< "$stale"
} >> "$GITHUB_STEP_SUMMARY"
while IFS= read -r line; do
  place=${line%: stale}
  [[ -z $line ]] || echo "::error file=${place%:*},line=${place##*:}::The diagram is stale: h2m embed redraws it"
done <<< "$stale"
exit "$code"
