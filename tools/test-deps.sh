#!/usr/bin/env bash
# Installs what the tests run beside Go: the Node packages of test/package.json, the PostgreSQL server binaries (the tests
# start throw-away clusters of their own) and Chromium. Without the right to install it prints the line to run; the tests
# that need the programs are then skipped, or fail where CI=true.
set -euo pipefail

if [ test/package-lock.json -nt test/node_modules/.package-lock.json ]; then
	(cd test && npm ci --no-audit --no-fund)
	touch test/node_modules/.package-lock.json
fi

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
for tool in curl jq strace; do # the README's own commands are run; what a power loss leaves is made of a record
	command -v "$tool" >/dev/null || missing+=("$tool")
done
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install -y --no-install-recommends ${missing[*]}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
	echo "The tests need ${missing[*]}; installing from Debian's packages."
	"${as_root[@]}" apt-get update -qq
	DEBIAN_FRONTEND=noninteractive "${as_root[@]}" $install -qq >/dev/null
	exit 0
fi

echo "The tests need ${missing[*]}. On Debian or Ubuntu, run: sudo $install" >&2
[ "${CI:-}" != true ]
