# shellcheck shell=bash
# ./install.sh device: this machine becomes the kiosk. Sourced by install.sh, whose say, die, step and ensure_* it uses.
# Every part looks first whether it is done; what was cut off in its middle goes on from there when it is run again.

opt=/opt/kiosk
current=$opt/current
var=/var/lib/kiosk
settings=/etc/kiosk/kiosk.env
session_file=/etc/kiosk/session
units_dir=/etc/systemd/system
wrapper=/usr/local/bin/kiosk
device_log=/var/log/kiosk-install.log
# All that a release is made of; the tests stay where they came from.
payload='kiosk db alembic models assets docs alembic.ini setup.cfg pyproject.toml build_backend.py install.sh
requirements.lock .env.example README.md README.ru.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE'
part_number=0

# shellcheck source=assets/device/files.sh
. "$here/assets/device/files.sh"
# shellcheck source=assets/device/postgresql.sh
. "$here/assets/device/postgresql.sh"
# shellcheck source=assets/device/upgrade.sh
. "$here/assets/device/upgrade.sh"

device_usage() {
    cat <<'EOT'
Usage: ./install.sh device [--session cage|x11|headless] [--database postgresql|sqlite] [--password-stdin]
       ./install.sh device --uninstall
       ./install.sh device --purge [--yes]

Makes this machine a kiosk that starts with it and comes back by itself. To be run as root, on Debian 12 or 13 or a kin.

  --session cage      the kiosk has tty1 and the screen to itself (the default)
            x11       it shows its window in the X session that the display manager opens on :0
            headless  no screen
  --database DATABASE postgresql: from Debian's packages, on this machine, reachable through its socket alone (the
                      default); sqlite: one file in the data directory
  --password-stdin    takes the administrator's first password from standard input instead of asking on the terminal
  --uninstall         takes the program away and keeps data and settings
  --purge [--yes]     takes the program, the data and the settings away, after a question (--yes: without)

It goes to   /opt/kiosk             program and Python packages, one folder a release
             /var/lib/kiosk         data
             /var/lib/kiosk-keys    keys that seal backups
             /etc/kiosk/kiosk.env   settings, which are kept when they are there already
             /usr/local/bin/kiosk   the kiosk's command, as the kiosk's user
Run again, it does what is missing and changes nothing else. docs/technician.en.md tells the rest.
EOT
}

device() {
    local session='' database='' action=set_up yes=no password_from=terminal
    while (($#)); do
        case $1 in
            --session) session=${2:-nothing} && shift ;;
            --session=*) session=${1#*=} ;;
            --database) database=${2:-nothing} && shift ;;
            --database=*) database=${1#*=} ;;
            --password-stdin) password_from=stdin ;;
            --uninstall) action=uninstall ;;
            --purge) action=purge ;;
            --yes) yes=yes ;;
            -h | --help) device_usage && return ;;
            *) say "./install.sh device knows no $1." && device_usage >&2 && exit 2 ;;
        esac
        shift || break
    done
    [ -z "$session" ] || one_of --session "$session" cage x11 headless
    [ -z "$database" ] || one_of --database "$database" postgresql sqlite
    require_device_machine device
    case $action in
        set_up) set_up_device "$session" "$database" "$password_from" ;;
        uninstall) uninstall_device ;;
        purge) purge_device "$yes" ;;
    esac
}

# one_of OPTION VALUE ALLOWED...
one_of() {
    local option=$1 value=$2 allowed
    shift 2
    for allowed; do
        [ "$value" != "$allowed" ] || return 0
    done
    say "$option takes one of:$(printf ' %s' "$@"), not '$value'."
    exit 2
}

# require_device_machine VERB: root, systemd, one at a time.
require_device_machine() {
    [ "$(id -u)" = 0 ] || die "A device is set up as root: sudo ./install.sh $1"
    [ -d /run/systemd/system ] || die "This machine was not started by systemd, which has to start the kiosk."
    command -v apt-get >/dev/null || die "A device is set up on Debian 12 or 13, or a kin of theirs."
    log=$device_log
    tame_environment
    umask 022
    exec 9>/run/lock/kiosk-install
    flock -n 9 || { say "Another ./install.sh device or upgrade is at work; waiting for it ..." && flock 9; }
}

# tell LINE...: say several lines.
tell() { printf '%s\n' "$@" >&2; }

# part TITLE: say how far it is.
part() {
    part_number=$((part_number + 1))
    say "[$part_number/${parts:?}] $1"
}

set_up_device() {
    local session=$1 database=$2 password_from=$3 source=$here release
    parts=9
    session=${session:-$(cat "$session_file" 2>/dev/null || echo cage)}
    database=$(wanted_database "$database")
    release=$opt/releases/$(release_name "$source")
    require_same_release "$release"

    part "System packages"
    ensure_device_packages "$session" "$database"
    part "User kiosk, groups and folders"
    ensure_user
    part "Database: $database"
    [ "$database" != postgresql ] || ensure_postgresql
    part "Settings: $settings"
    ensure_settings "$database"
    part "Program: $release"
    ensure_release "$source" "$release"
    switch_to "$release"
    part "Tables of the database"
    as_kiosk db upgrade >&2
    part "Administrator's password"
    ensure_password "$password_from"
    part "Services, camera's name, log"
    install_files "$release" "$session"
    part "Starting"
    start_services
    tell "" "The kiosk is installed and running: $(basename "$release"), session $session, $database." \
        "  kiosk doctor                      is everything as it must be?" \
        "  kiosk enroll --help               take people in" \
        "  journalctl -u kiosk -f            its log" \
        "  $settings              its settings; then: systemctl restart kiosk kiosk-api" \
        "  $current/docs/technician.en.md, technician.ru.md"
}

# wanted_database ASKED: what is asked for, else what the settings say, else PostgreSQL.
wanted_database() {
    local found=''
    if [ -e "$settings" ]; then
        found=sqlite
        ! grep -q '^KIOSK_DATABASE_URL=' "$settings" || found=other
        ! grep -qF "KIOSK_DATABASE_URL=$(local_url | cut -d'&' -f1)" "$settings" || found=postgresql
    fi
    [ -z "$1" ] || [ -z "$found" ] || [ "$1" = "$found" ] ||
        die "$settings names another database than $1, and it holds the data." \
            "To move it: kiosk db copy --to URL, then set KIOSK_DATABASE_URL there, then run this without --database."
    echo "${1:-${found:-postgresql}}"
}

require_same_release() {
    [ -L "$current" ] && [ "$(readlink -f "$current")" != "$1" ] && [ -x "$current/.venv/bin/kiosk" ] || return 0
    die "Another release is installed: $(basename "$(readlink -f "$current")"). This one takes its place, with a backup" \
        "and a way back, by: sudo ./install.sh upgrade"
}

# missing_device_packages SESSION DATABASE
missing_device_packages() {
    missing_packages run
    # Entries and exits are as right as the device's clock.
    [ -e /usr/lib/systemd/systemd-timesyncd ] || PATH=$PATH:/usr/sbin command -v chronyd ntpd >/dev/null ||
        echo systemd-timesyncd
    case $1 in
        cage) missing_commands cage cage seatd seatd ;;
        x11) missing_commands xhost x11-xserver-utils ;;
    esac
    [ "$1" = headless ] || missing_fonts
    [ "$1" = headless ] || missing_commands aplay alsa-utils pkaction polkitd
    case $2 in
        postgresql) missing_commands pg_createcluster postgresql pg_ctlcluster postgresql ;;
        other) missing_commands pg_dump postgresql-client ;;
    esac
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [ "$2" != postgresql ] || echo postgresql
}

# missing_fonts: the packages that show names in every script, of East Asia too; `kiosk doctor` looks letter by letter.
missing_fonts() {
    [ -e /usr/share/fonts/truetype/noto/NotoSansArmenian-Regular.ttf ] || echo fonts-noto-core
    compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.*' >/dev/null || echo fonts-noto-cjk
}

# missing_commands COMMAND PACKAGE...: the packages of commands that are not there.
missing_commands() {
    while (($#)); do
        PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null || echo "$2"
        shift 2
    done
}

ensure_device_packages() {
    local missing
    missing=$(missing_device_packages "$@" | sort -u)
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086  # one word a package
    install_packages $missing
    missing=$(missing_device_packages "$@")
    [ -z "$missing" ] || die "Still missing after the installation: $(tr '\n' ' ' <<<"$missing")"
}

ensure_user() {
    local group
    getent passwd kiosk >/dev/null ||
        useradd --system --user-group --home-dir "$var" --no-create-home --shell /usr/sbin/nologin kiosk
    for group in video input render audio; do
        getent group "$group" >/dev/null || continue
        id -nG kiosk | tr ' ' '\n' | grep -qx "$group" || usermod -aG "$group" kiosk
    done
    ensure_folder "$var" kiosk 700
    ensure_folder "$var-keys" kiosk 700
    ensure_folder /etc/kiosk root 755
    ensure_folder "$opt" root 755
    ensure_folder "$opt/releases" root 755
}

# ensure_folder PATH OWNER MODE
ensure_folder() {
    [ -d "$1" ] || install -d "$1"
    [ "$(stat -c %U:%G "$1")" = "$2:$2" ] || chown "$2:$2" "$1"
    [ "$(stat -c %a "$1")" = "$3" ] || chmod "$3" "$1"
}

# ensure_settings DATABASE: the example, which explains each setting, with this device's values. The kiosk's user reads
# it, through the .env of its release, and nobody else but root.
ensure_settings() {
    local url='# KIOSK_DATABASE_URL=\1'
    if [ ! -s "$settings" ]; then
        [ "$1" = sqlite ] || url="KIOSK_DATABASE_URL=$(local_url | sed 's/&/\\&/g')"
        sed -E -e '1,2d' -e '/./,$!d' \
            -e "s|^# KIOSK_DATA_DIR=.*|KIOSK_DATA_DIR=$var|" \
            -e 's|^# KIOSK_RUN_DIR=.*|KIOSK_RUN_DIR=/run/kiosk|' \
            -e "s|^# KIOSK_DATABASE_URL=(.*)|$url|" \
            -e 's|^# KIOSK_SOURCE=.*|KIOSK_SOURCE=/dev/kiosk-camera|' "$here/.env.example" |
            install -m 600 /dev/stdin "$settings.new"
        sed -i '1i # The settings of this device. After a change: systemctl restart kiosk kiosk-api\n' "$settings.new"
        mv "$settings.new" "$settings"
    else
        say "  kept as it is"
    fi
    [ "$(stat -c %U:%G:%a "$settings")" = kiosk:kiosk:600 ] || { chown kiosk:kiosk "$settings" && chmod 600 "$settings"; }
}

# ensure_password SOURCE: the first one; one that is set stays.
ensure_password() {
    if [ "$1" = stdin ]; then
        as_kiosk admin set-password --first --stdin >&2
    elif [ -t 0 ]; then
        as_kiosk admin set-password --first >&2 || say "  not set; later: kiosk admin set-password"
    else
        say "  not asked for without a terminal; if there is none: kiosk admin set-password"
    fi
}

# as_kiosk ARGUMENTS: the current release's kiosk command, as its user.
as_kiosk() { kiosk_of "$current" "$@"; }

# kiosk_of RELEASE ARGUMENTS...
kiosk_of() {
    local release=$1
    shift
    (cd "$var" && HOME=$var MPLCONFIGDIR=$var/.cache/matplotlib PYTHONDONTWRITEBYTECODE=1 \
        runuser -u kiosk -- "$release/.venv/bin/kiosk" "$@" 9>&-)
}

uninstall_device() {
    remove_program
    tell "The program is gone. What is kept:" \
        "  $var              data and backups" \
        "  $settings      settings" \
        "  the database kiosk of PostgreSQL, if there was one, and Debian's packages" \
        "./install.sh device finds them again; ./install.sh device --purge removes them."
}

remove_program() {
    stop_services
    remove_files
    rm -rf "$opt"
}

purge_device() {
    local answer=''
    if [ "$1" != yes ]; then
        [ -t 0 ] || die "--purge deletes all entries, exits and enrolled people. Without a terminal, say --purge --yes."
        tell "This deletes $var, $settings and the database kiosk:" \
            "all entries and exits, all enrolled people, all backups that lie there."
        read -r -p "Type purge to go on: " answer
        [ "$answer" = purge ] || die "Nothing was deleted."
    fi
    remove_program
    drop_postgresql
    rm -rf "$var" "$var-keys" /var/cache/kiosk /etc/kiosk /var/lib/systemd/timers/stamp-kiosk-backup.timer
    ! getent passwd kiosk >/dev/null || userdel kiosk
    rm -f "$device_log"
    say "Everything of the kiosk is gone. Debian's packages, PostgreSQL among them, were left."
}
