# shellcheck shell=bash
# The device's own database in Debian's PostgreSQL: the role kiosk logs in as the system's user kiosk, through the
# socket, without a password. A cluster that is made here listens nowhere else; one that was there is left as it is.

socket_dir=/var/run/postgresql

# cluster: "VERSION NAME PORT" of the cluster to use, nothing if there is none. Of several, the newest.
cluster() { pg_lsclusters -h 2>/dev/null | sort -V | awk '$2 == "main" {found = $1 " " $2 " " $3} END {if (found) print found}'; }

cluster_port() { cluster | cut -d' ' -f3; }

# local_url: how the kiosk reaches it.
local_url() {
    local port
    port=$(cluster_port)
    echo "postgresql:///kiosk?host=$socket_dir$([ "${port:-5432}" = 5432 ] || echo "&port=$port")"
}

ensure_postgresql() {
    [ -n "$(cluster)" ] || step "Making PostgreSQL's cluster" making_cluster make_cluster
    wait_for_postgresql
    is_there "SELECT 1 FROM pg_roles WHERE rolname = 'kiosk'" || sql 'CREATE ROLE kiosk LOGIN' >/dev/null
    if is_there "SELECT 1 FROM pg_database WHERE datname = 'kiosk'"; then
        say "  the database kiosk is there, with what it holds"
    else
        sql "CREATE DATABASE kiosk OWNER kiosk TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'" >/dev/null
    fi
    (cd / && runuser -u kiosk -- psql -X -w -p "$(cluster_port)" -d kiosk -c 'SELECT 1' >/dev/null) ||
        die "The system's user kiosk may not log in to PostgreSQL as the role kiosk: pg_hba.conf needs the line" \
            "  local all all peer"
}

making_cluster() { echo "initialising"; }

# The options stand in it from the start, so that it never listens to the network, not even when this is cut off. By
# PostgreSQL's own, an erased face stays in recycled segments of the write-ahead log for months; by these, for a day.
make_cluster() {
    local version options=/etc/postgresql-common/createcluster.conf
    version=$(find /usr/lib/postgresql -path '*/bin/initdb' | sort -V | tail -n 1 | cut -d / -f 5)
    { cat "$options" && printf '%s\n' "listen_addresses = ''" 'wal_recycle = off' 'archive_timeout = 1d'; } \
        >"$options.kiosk" &&
        pg_createcluster --createclusterconf="$options.kiosk" --encoding UTF8 --locale C.UTF-8 "$version" main \
            -- --data-checksums &&
        rm "$options.kiosk" && systemctl daemon-reload && systemctl enable postgresql
}

wait_for_postgresql() {
    local version name port tried
    read -r version name port <<<"$(cluster)"
    systemctl is-active --quiet "postgresql@$version-$name" || systemctl start "postgresql@$version-$name" || true
    for tried in {1..60}; do
        pg_isready -q -h "$socket_dir" -p "$port" && return
        sleep 0.5
    done
    die "PostgreSQL does not answer after $((tried / 2)) s; journalctl -u postgresql@$version-$name tells why."
}

# sql STATEMENT: as the administrator of the cluster.
sql() { (cd / && runuser -u postgres -- psql -X -w -q -tA -v ON_ERROR_STOP=1 -p "$(cluster_port)" -c "$1"); }

is_there() { [ -n "$(sql "$1")" ]; }

# drop_postgresql: the role and the database, if they are there.
drop_postgresql() {
    { command -v pg_lsclusters && [ -n "$(cluster)" ]; } >/dev/null || return 0
    wait_for_postgresql
    sql 'DROP DATABASE IF EXISTS kiosk'
    sql 'DROP ROLE IF EXISTS kiosk'
}
