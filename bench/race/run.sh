#!/bin/bash
# The race against a stock Redmine, in one sitting on one PostgreSQL 15:
#
#     bench/race/run.sh [FOLDER] [SECONDS]
#
# Needs root on Debian 12 and the peer's scripts (RACE_PEER, default ../shared/races/redmine beside
# this checkout): they make the data, the cluster and the peer. FOLDER (/tmp/diemcau-race) has to be
# reachable by the postgres and www-data users; a second run goes on with what is there. SECONDS (30)
# is how long each case is measured at 1 client and at 8. RACE_CASES picks cases of both sides,
# RACE_SIDES=ours leaves the peer out; RACE_LIST_SECONDS (3) is how long each list page is measured.
# At the end FOLDER/out/report.md holds the tables.
set -euo pipefail
export RACE_RUN=${1:-/tmp/diemcau-race}
SECONDS_EACH=${2:-30}
. "$(dirname "$0")/env.sh"
PEER=${RACE_PEER:-$ROOT/../shared/races/redmine}
SIDES=${RACE_SIDES:-both}
CASES=${RACE_CASES:-.}
LIST_SECONDS=${RACE_LIST_SECONDS:-3}
OUT=$RUN/out
[ "$(id -u)" = 0 ] || { echo "run as root: it starts PostgreSQL as its own user" >&2; exit 1; }
[ -f "$PEER/generate.py" ] || { echo "no race in $PEER: say where, RACE_PEER=folder" >&2; exit 1; }
chmod 755 "$RUN"
mkdir -p "$OUT"
say() { echo "== $(date -u +%T) load $(cut -d' ' -f1-3 /proc/loadavg)  $*"; }

say "data"
[ -f "$DATA/facts.json" ] || python3 "$PEER/generate.py" 20261115 100000 "$DATA" >/dev/null
if [ "$SIDES" = both ]; then
  say "peer"
  bash "$PEER/setup.sh" "$RUN" "$PGPORT"
  grep -q '^USER6_KEY' "$RUN/env" || bash "$PEER/load_redmine.sh" "$RUN" "$DATA"
fi
for command in wrk hey curl; do
  command -v "$command" >/dev/null || apt-get install -y -qq --no-install-recommends "$command"
done
say "ours"
"$HERE/ours.sh" up
say "answers"
"$BIN/python" "$HERE/check.py" "$DATA" "$KEYS" "http://127.0.0.1:$OURS" "$PEER/results" |
  tee "$OUT/check.txt"
rm -rf "$OUT/ours" "$OUT/ours-writing" "$OUT/ours-anew" "$OUT/redmine"
cases() {
  RACE_PID=$PID RACE_PSQL="$PSQL -d diemcau" "$BIN/python" "$HERE/measure.py" "$DATA" "$KEYS" \
    "http://127.0.0.1:$OURS" "$1" "$SECONDS_EACH" "$CASES"
}
lists() { "$BIN/python" "$HERE/lists.py" "$KEYS" "http://127.0.0.1:$OURS" "$1" "$LIST_SECONDS"; }
say "measure ours, nobody writing"
cases "$OUT/ours"
lists "$OUT/ours"
say "measure ours, somebody writing every two seconds"
"$BIN/python" "$HERE/writing.py" 2 &
WRITER=$!
cases "$OUT/ours-writing"
kill -TERM $WRITER; wait $WRITER || true
say "measure ours, each answer worked out anew"
"$HERE/ours.sh" down
DIEMCAU_KEEP_ANSWERS=0 "$HERE/ours.sh" up
cases "$OUT/ours-anew"
lists "$OUT/ours-anew"
"$HERE/ours.sh" down
if [ "$SIDES" = both ]; then
  say "measure the peer"
  bash "$PEER/measure.sh" "$RUN" "$DATA" "$OUT/redmine" "$SECONDS_EACH" "$CASES"
fi
say "report"
"$BIN/python" "$HERE/report.py" "$OUT" | tee "$OUT/report.md"
say "done; $HERE/ours.sh down and $PEER/stop.sh $RUN stop what still serves"
