# shellcheck shell=bash
# ./install.sh upgrade: a new release beside the old one, tried for a minute, and back when it is not well.

# What a new version may take, after the time for which it is watched, to be as well as the old one was.
SETTLES_S=20

upgrade_usage() {
    cat <<'EOT'
Usage: ./install.sh upgrade [--watch SECONDS]

Brings an installed device to the version that lies here. To be run as root, from the new version's folder:
the kiosk is stopped, backed up, its database migrated and the new version started beside the old one. For a minute
(--watch SECONDS) its services, tables, findings of `kiosk doctor` and API are watched; when one of them is not well,
the old version and the old database are put back, and the exit code is 1.
EOT
}

upgrade() {
    local watch_s=60 session old new backup unwell='' api_before
    while (($#)); do
        case $1 in
            --watch) watch_s=${2:-nothing} && shift ;;
            --watch=*) watch_s=${1#*=} ;;
            -h | --help) upgrade_usage && return ;;
            *) say "./install.sh upgrade knows no $1." && upgrade_usage >&2 && exit 2 ;;
        esac
        shift || break
    done
    [[ $watch_s =~ ^[0-9]+$ ]] || { say "--watch takes whole seconds, not '$watch_s'." && exit 2; }
    require_device_machine upgrade
    [ -L "$current" ] || die "There is no device to upgrade here: sudo ./install.sh device sets one up."
    parts=7
    take_up_cut_off
    old=$(readlink -f "$current")
    new=$opt/releases/$(release_name "$here")
    [ "$old" != "$new" ] || { say "The device is at this version already: $(basename "$new")." && return; }
    session=$(cat "$session_file")

    part "System packages"
    ensure_device_packages "$session" "$(wanted_database '')"
    ensure_user
    part "Program: $new"
    ensure_release "$here" "$new"
    findings_of "$old" >"$opt/findings.before"
    api_before=$(api_status)
    part "Stopping and backing up"
    halt_services
    backup=$(back_up "$old") || back_to_work "The backup failed; nothing was changed."
    note_upgrade "$old" "$backup" "$new"
    part "Tables of the database"
    kiosk_of "$new" db upgrade >&2 || go_back "$old" "$backup" "The tables could not be brought up to date."
    part "Services"
    switch_to "$new"
    install_files "$new" "$session"
    part "Starting"
    # shellcheck disable=SC2046  # one word a service
    systemctl start $(installed_services) || go_back "$old" "$backup" "The new version does not start."
    part "Watching for $watch_s s"
    watch "$watch_s" || go_back "$old" "$backup" "$unwell"
    rm -f "$opt/upgrade" "$opt/findings.before"
    remove_older_releases "$old" "$new"
    tell "" "Upgraded from $(basename "$old") to $(basename "$new"). The backup from before: $backup"
}

# halt_services: for the time of the change; at the next start of the machine they would start all the same.
halt_services() {
    # shellcheck disable=SC2046  # one word a service
    systemctl stop $(installed_services) kiosk-backup.service kiosk-deliver.service
}

# back_to_work MESSAGE: nothing has been changed yet.
back_to_work() {
    # shellcheck disable=SC2046  # one word a service
    systemctl start $(installed_services) || true
    die "$1"
}

# back_up RELEASE: print the path of the new backup.
back_up() { kiosk_of "$1" backup 2>>"$log" | tail -n 1; }

# An upgrade that is cut off is taken back by the next one. The lines: old release, its backup, new release.
note_upgrade() {
    printf '%s\n' "$@" >"$opt/.upgrade.new"
    sync "$opt/.upgrade.new"
    mv "$opt/.upgrade.new" "$opt/upgrade"
}

take_up_cut_off() {
    local old backup new
    [ -e "$opt/upgrade" ] || return 0
    { read -r old && read -r backup && read -r new; } <"$opt/upgrade"
    say "An earlier upgrade was cut off; it is taken back first."
    session=$(cat "$session_file")
    put_back "$old" "$backup" "$new"
}

# go_back OLD BACKUP REASON: never returns.
go_back() {
    tell "$3" "Going back to $(basename "$1") ..."
    put_back "$1" "$2" "$new"
    die "The device runs $(basename "$1") again, as before. Why the new version was not well: journalctl -u 'kiosk*' -e"
}

# put_back OLD BACKUP NEW: the old program, and the old database if its tables were changed.
put_back() {
    halt_services
    switch_to "$1"
    install_files "$1" "$session"
    kiosk_of "$1" db check 2>/dev/null || restore_database "$@"
    # shellcheck disable=SC2046  # one word a service
    systemctl start $(installed_services) || say "The old version does not start either: journalctl -u 'kiosk*' -e"
    rm -f "$opt/upgrade"
}

# restore_database OLD BACKUP NEW: an empty database of the old release's own, and in it what the backup holds.
restore_database() {
    local written
    written=$(kiosk_of "$3" backup 2>/dev/null | tail -n 1) || true
    [ -z "$written" ] || say "What the new version had written lies in $written."
    say "The tables were changed; putting the database back from $2 ..."
    case $(wanted_database '') in
        postgresql) drop_postgresql && ensure_postgresql ;;
        sqlite) rm -f "$var"/kiosk.db "$var"/kiosk.db-wal "$var"/kiosk.db-shm ;;
        other) kiosk_of "$3" db downgrade base --yes ;;
    esac
    kiosk_of "$1" db upgrade >&2 && kiosk_of "$1" restore --yes "$2" >&2 && return
    die "The database could not be put back. The backup is whole: $2" \
        "When the cause is gone, the same command goes on from here."
}

# watch SECONDS: whether all is well for so long; why not is in $unwell.
watch() {
    local began=$SECONDS restarts told=0 passed=0
    restarts=$(restart_counts)
    while ((passed < $1)); do
        unwell=$(find_unwell "$restarts")
        [ -z "$unwell" ] || return 1
        sleep 1
        passed=$((SECONDS - began))
        ((passed < told + 15)) || { told=$passed && say "  well for $(clock "$passed") of $(clock "$1")"; }
    done
    for ((began = SECONDS; SECONDS < began + SETTLES_S; )); do
        unwell=$(find_unwell "$restarts" && api_unwell && new_findings)
        [ -n "$unwell" ] || return 0
        sleep 1
    done
    return 1
}

# shellcheck disable=SC2046  # one word a service
restart_counts() { systemctl show --property=Id,NRestarts $(installed_services); }

# find_unwell RESTARTS: a sentence on a service that is not active, or was started anew since.
find_unwell() {
    local service
    for service in $(installed_services); do
        systemctl is-active --quiet "$service" || echo "$service is not active."
    done
    [ "$(restart_counts)" = "$1" ] || echo "A service had to be started anew."
}

api_unwell() {
    local status
    status=$(api_status)
    [ "$status" = 200 ] || [ "$status" = "${api_before:-}" ] || echo "The API answers $status instead of ${api_before:-}."
}

# findings_of RELEASE: what `kiosk doctor` calls failed, one subject a line. That nobody has set the administrator's
# password is no fault of a release.
findings_of() {
    { kiosk_of "$1" doctor --json 2>/dev/null || true; } | "$1/.venv/bin/python" -c '
import json, sys
print("\n".join(sorted({one["subject"] for one in json.load(sys.stdin) if one["level"] == "failed"} - {"password"})))' 2>/dev/null ||
        echo "kiosk doctor"
}

# new_findings: a sentence on what had not failed before.
new_findings() {
    local new
    new=$(findings_of "$current" | comm -13 "$opt/findings.before" - | paste -sd ,)
    [ -z "$new" ] || echo "kiosk doctor finds faults that were not there before: $new."
}

# api_status: the code with which the API answers /health, or why it does not.
api_status() {
    (cd "$var" && "$current/.venv/bin/python" - 2>/dev/null) <<'EOT' || echo nothing
import ssl
import urllib.error
import urllib.request

from kiosk.config.settings import load_settings

settings = load_settings()
host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.api_host, settings.api_host)
scheme = "https" if settings.api_certificate else "http"
unchecked = ssl._create_unverified_context()
try:
    address = f"{scheme}://{host}:{settings.api_port}/health"
    with urllib.request.urlopen(address, timeout=5, context=unchecked if settings.api_certificate else None) as answer:
        print(answer.status)
except urllib.error.HTTPError as error:
    print(error.code)
EOT
}

# remove_older_releases KEPT...: the new one and the one before it stay.
remove_older_releases() {
    local folder
    for folder in "$opt"/releases/*; do
        case " $* " in *" $folder "*) ;; *) rm -rf "$folder" ;; esac
    done
}
