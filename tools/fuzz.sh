#!/usr/bin/env bash
# usage: fuzz.sh list|run MODULE...
# Finds every fuzz target of the modules (archtest proves that none is missed) and runs each for FUZZTIME. By default
# the targets share two minutes, five seconds each at most; building them comes on top.
set -euo pipefail

verb=$1
shift

# Each line is "MODULE FILE TARGET".
targets() {
	for module in "$@"; do
		nested=()
		[ "$module" = . ] && nested=(':!test' ':!tools')
		git grep --untracked -oE '^func Fuzz([^a-z(][A-Za-z0-9_]*)?\(' -- "$module/*_test.go" "${nested[@]}" |
			sed -E "s|^(.*):func (.*)\($|$module \1 \2|" || true
	done | sort -u
}

list=$(targets "$@")
if [ "$verb" = list ]; then
	[ -z "$list" ] || cut -d' ' -f2- <<<"$list"
	exit 0
fi
[ -n "$list" ] || exit 0

count=$(wc -l <<<"$list")
seconds=$((120 / count))
((seconds > 5)) && seconds=5
((seconds < 1)) && seconds=1

while read -r module file target; do
	package=./$(realpath --relative-to="$module" "$(dirname "$file")")
	(cd "$module" && go test -run='^$' -fuzz="^$target\$" -fuzztime="${FUZZTIME:-${seconds}s}" -fuzzminimizetime=5s "$package" </dev/null)
done <<<"$list"
