#!/usr/bin/env bash
# Finds the program, or downloads it, and puts its absolute path into the step's outputs.
set -euo pipefail

case $H2M_PROGRAM in
  https://*)
    [[ -n $H2M_SHA256 ]] || { echo "::error::h2m: program is a URL, so sha256 is required"; exit 2; }
    path=${RUNNER_TEMP:?}/h2m
    curl --fail --silent --show-error --location --proto '=https' --output "$path" -- "$H2M_PROGRAM"
    ;;
  *://*)
    echo "::error::h2m: program must be a path or an https URL"
    exit 2
    ;;
  *) path=$(realpath -- "$H2M_PROGRAM") ;;
esac
[[ -f $path ]] || { echo "::error::h2m: program is not a file"; exit 2; }
[[ -z $H2M_SHA256 ]] || sha256sum --check --quiet --strict <<< "${H2M_SHA256,,}  $path" || { echo "::error::h2m: the program has another SHA-256"; exit 1; }
[[ -x $path ]] || chmod +x -- "$path"
echo "path=$path" >> "$GITHUB_OUTPUT"
