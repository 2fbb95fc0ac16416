#!/usr/bin/env bash
# usage: fuzz.sh list|run MODULE...
# Finds every fuzz target of the modules (archtest proves that none is missed) and runs each for FUZZTIME. By default
# the targets share three quarters of a minute, at least one second each; building them comes on top.
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
seconds=$((45 / count))
((seconds < 1)) && seconds=1

# fuzz MODULE PACKAGE TARGET TIME
fuzz() {
	(cd "$1" && go test -run='^$' -fuzz="^$3\$" -fuzztime="$4" -fuzzminimizetime=5s "$2" </dev/null 2>&1)
}

failed=0
while read -r module file target; do
	package=./$(realpath --relative-to="$module" "$(dirname "$file")")
	if told=$(fuzz "$module" "$package" "$target" "${FUZZTIME:-${seconds}s}"); then
		tail -n 1 <<<"$told"
		continue
	fi
	# On a busy machine the engine sometimes reports the end of its own time as a failure, without an input that fails.
	# Then it runs again by count, where there is no deadline; anything it finds fails.
	if grep -q 'context deadline exceeded' <<<"$told" && ! grep -q 'Failing input' <<<"$told"; then
		fuzz "$module" "$package" "$target" 2000x || failed=1
		continue
	fi
	echo "$told"
	failed=1 # the next ones are run all the same
done <<<"$list"
exit $failed
