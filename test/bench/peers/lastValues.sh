#!/usr/bin/env bash
# The last value of each key with awk, sort and join, both dumps at a time: lastValues.sh source mirror
set -euo pipefail
export LC_ALL=C

last_values() {
  awk -F'::' '{ last[$3] = $4 } END { for (key in last) print key "\t" last[key] }' "$1" | sort -t $'\t' -k 1,1
}

join -t $'\t' -a 1 -a 2 -e ABSENT -o 1.2,2.2 <(last_values "$1") <(last_values "$2") | awk -F '\t' '
  $1 == "ABSENT" { not_in_source++; next }
  $2 == "ABSENT" { not_in_mirror++; next }
  $1 == $2 { same++; next }
  { modified++ }
  END {
    printf "{\"notInSource\": %d, \"notInMirror\": %d, \"modified\": %d, \"same\": %d}\n",
      not_in_source, not_in_mirror, modified, same
  }'
