#!/usr/bin/env bash
# usage: go-test.sh MODULE... -- FLAG...
# Runs the tests of all modules as one stream of test events for gotestsum, so that one line counts them all. A failing
# module does not keep the next one from running.
set -uo pipefail

modules=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do modules+=("$1"); shift; done
shift

status=0
for module in "${modules[@]}"; do
	(cd "$module" && go test -json "$@" ./...) || status=1
done
exit $status
