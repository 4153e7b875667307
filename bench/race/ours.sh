#!/bin/bash
# ours.sh up|down : prepare, load and serve our side of the race in RACE_RUN, or stop it.
set -euo pipefail
. "$(dirname "$0")/env.sh"

cluster() { # the cluster of the peer's setup.sh; without the peer one with the same settings
  local bin=/usr/lib/postgresql/15/bin
  if [ ! -f "$RUN/pg/PG_VERSION" ]; then
    install -d -o postgres -g postgres -m 700 "$RUN/pg"
    install -d -o postgres -g postgres -m 755 "$RUN/sock"
    runuser -u postgres -- $bin/initdb -D "$RUN/pg" -E UTF8 --locale=C.UTF-8 --auth-local=peer \
      --auth-host=scram-sha-256 >"$RUN/initdb.log"
    cat >>"$RUN/pg/postgresql.conf" <<C
port = $PGPORT
listen_addresses = '127.0.0.1'
unix_socket_directories = '$RUN/sock'
shared_buffers = 2GB
shared_preload_libraries = 'pg_stat_statements'
pg_stat_statements.track = top
C
  fi
  runuser -u postgres -- $bin/pg_ctl -D "$RUN/pg" status >/dev/null 2>&1 ||
    runuser -u postgres -- $bin/pg_ctl -D "$RUN/pg" -w -l "$RUN/pg/server.log" start >/dev/null
  # Our server asks through the socket, without a password, under the name of its own role.
  grep -q '^local diemcau' "$RUN/pg/pg_hba.conf" || {
    sed -i '1i local diemcau diemcau trust' "$RUN/pg/pg_hba.conf"
    $PSQL -d postgres -c "SELECT pg_reload_conf()" >/dev/null
  }
  [ -n "$($PSQL -d postgres -c "SELECT 1 FROM pg_database WHERE datname='diemcau'")" ] || {
    $PSQL -d postgres -c "CREATE ROLE diemcau LOGIN"
    $PSQL -d postgres -c "CREATE DATABASE diemcau OWNER diemcau ENCODING 'UTF8' TEMPLATE template0"
    $PSQL -d diemcau -c "CREATE EXTENSION pg_stat_statements"
  }
}

up() {
  [ -d "$DATA" ] || { echo "no data in $DATA: run run.sh" >&2; exit 1; }
  [ "$RACE_DB" = postgres ] && cluster
  mkdir -p "$DIEMCAU_HOME"
  # Once it is loaded only schema and static files are made to fit: the race's documents have no
  # text to read.
  fit() {
    if [ -f "$KEYS" ]; then
      "$BIN/diemcau" manage migrate && "$BIN/diemcau" manage collectstatic --noinput
    else
      "$BIN/diemcau" prepare
    fi
  }
  fit >"$DIEMCAU_HOME/prepare.log" 2>&1 ||
    { tail -20 "$DIEMCAU_HOME/prepare.log" >&2; exit 1; }
  # PostgreSQL's limit of a statement is for the service, not for a load of half a million rows.
  DIEMCAU_STATEMENT_SECONDS=0 "$BIN/python" "$HERE/load.py" "$DATA" "$KEYS"
  if ! { [ -f "$PID" ] && kill -0 "$(cat "$PID")" 2>/dev/null; }; then
    (cd "$DIEMCAU_HOME" && exec setsid "$BIN/gunicorn" --config python:diemcau.operation.server \
      --pid "$PID" diemcau.wsgi) >"$DIEMCAU_HOME/server.log" 2>&1 </dev/null &
  fi
  for _ in $(seq 120); do
    curl -s -o /dev/null "http://127.0.0.1:$OURS/" && break
    sleep 0.25
  done
}

down() {
  if [ -f "$PID" ]; then kill -TERM "$(cat "$PID")" 2>/dev/null || true; fi
  for _ in $(seq 40); do [ -f "$PID" ] || return 0; sleep 0.25; done
}

case "${1:-}" in
  up) up ;;
  down) down ;;
  *) echo "usage: RACE_RUN=folder ours.sh up|down" >&2; exit 2 ;;
esac
