# Sourced: where a run of the race lives, and how our side is reached there.
# RACE_RUN   folder of the run, reachable by the postgres user
# RACE_DB    postgres (default) or sqlite
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
RUN=$(mkdir -p "${RACE_RUN:?folder of the run}" && cd "$RACE_RUN" && pwd)
DATA=$RUN/data
BIN=$ROOT/.venv/bin
RACE_DB=${RACE_DB:-postgres}
PGPORT=${PGPORT:-54615}
OURS=${OURS:-30416}
PSQL="runuser -u postgres -- psql -X -q -At -v ON_ERROR_STOP=1 -h $RUN/sock -p $PGPORT"
export DIEMCAU_HOME=$RUN/ours-$RACE_DB DIEMCAU_PRODUCTION=1 DIEMCAU_HOSTS=127.0.0.1 \
  DIEMCAU_BIND=127.0.0.1:$OURS DIEMCAU_WORKERS=${DIEMCAU_WORKERS:-2} PYTHONUNBUFFERED=1
if [ "$RACE_DB" = postgres ]; then
  export DATABASE_URL="postgres://diemcau@/diemcau?host=$RUN/sock&port=$PGPORT"
else
  unset DATABASE_URL
fi
KEYS=$DIEMCAU_HOME/keys.json
PID=$DIEMCAU_HOME/gunicorn.pid
