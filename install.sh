#!/usr/bin/env bash
# Sets the kiosk up on this machine and runs it. What was done before is not done again, so that the second run is ready
# within seconds and needs no network. All messages go to standard error: standard output is the kiosk's own.
set -Eeuo pipefail

usage() {
    cat <<'EOT'
Usage: ./install.sh VERB [ARGUMENTS]

  run [ARGUMENTS]     set everything up, then start the kiosk; without a camera it plays the demo.
                      The arguments, such as --headless, are those that .venv/bin/kiosk run --help lists
  check [ARGUMENTS]   in a minute: the checks of the code and the unit tests that need no database, model or screen;
                      the arguments are pytest's
  test [ARGUMENTS]    set up what tests need too, then run every check and test;
                      with arguments, pytest alone runs, with them: ./install.sh test -k gallery
  device [OPTIONS]    as root: make this machine a kiosk that starts at boot; ./install.sh device --help
  upgrade [OPTIONS]   as root: upgrade an installed device to this version; undone if that fails
  test-device [RELEASE]  as root, for developers: prove the device in booted containers of Debian 12 and 13
  test-faults         run the long form of the fault tests: kill -9, full disks, lost cameras; about an hour
  lock [ARGUMENTS]    for developers: write the lock files anew from setup.cfg; --upgrade takes newer versions
  --help              show this

Needed: Debian 12 or 13, or a derivative of them, on x86-64 or aarch64. Missing system packages are installed when this runs
as root or sudo allows it; otherwise the one command to run is printed. Python packages go to .venv, nowhere else.
EOT
}

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" >/dev/null && pwd -P)
caller_dir=$PWD
log=$here/data/install.log
python=$here/.venv/bin/python
stamp=$here/.venv/.installed
ticker=

# What the wheels load from the system, and Debian's package for it. Debian 13 renamed some packages and still answers
# to the old names, so a library is looked for by its own name.
libraries='
libglib-2.0.so.0       libglib2.0-0
libdbus-1.so.3         libdbus-1-3
libfontconfig.so.1     libfontconfig1
libEGL.so.1            libegl1
libGL.so.1             libgl1
libGLESv2.so.2         libgles2
libxkbcommon-x11.so.0  libxkbcommon-x11-0
libxcb-cursor.so.0     libxcb-cursor0
libxcb-icccm.so.4      libxcb-icccm4
libxcb-keysyms.so.1    libxcb-keysyms1
libxcb-shape.so.0      libxcb-shape0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1    libwayland-egl1
'
test_programs='
Xvfb        xvfb
xauth       xauth
shellcheck  shellcheck
chromium    chromium
mosquitto   mosquitto
systemd-analyze systemd
'

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$@"
    exit 1
}

clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

stop_ticker() {
    [ -n "$ticker" ] || return 0
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    ticker=
    [ ! -t 2 ] || printf '\r\033[K' >&2
}

trap stop_ticker EXIT
trap 'stop_ticker; say "Stopped. Nothing is lost: the same command goes on from here."; exit 130' INT
trap 'stop_ticker; exit 143' TERM

# tick PROGRESS: once a second on a terminal, else every fifteen seconds, say how far the step is.
tick() {
    local began=$SECONDS passed
    while sleep 1 && kill -0 $$ 2>/dev/null; do
        passed=$((SECONDS - began))
        if [ -t 2 ]; then
            printf '\r\033[K  %s, %s' "$("$1")" "$(clock "$passed")" >&2
        elif ((passed % 15 == 0)); then
            say "  $("$1"), $(clock "$passed")"
        fi
    done
}

# step TITLE PROGRESS COMMAND...: run the command with its chatter in the log; on failure show the end of that and stop.
step() {
    local title=$1 progress=$2 began=$SECONDS code=0
    shift 2
    mkdir -p "${log%/*}"
    say "$title ..."
    printf '== %s\n' "$title" >"$log"
    tick "$progress" 9<&- &
    ticker=$!
    ("$@") >>"$log" 2>&1 </dev/null || code=$?
    stop_ticker
    if ((code != 0)); then
        tail -n 15 "$log" | sed 's/^/  | /' >&2
        die "$title: failed after $(clock $((SECONDS - began))). The lines above are the end of $log." \
            "When the cause is gone (network? disk?), the same command goes on from here."
    fi
    say "  done in $(clock $((SECONDS - began)))"
}

logged() { grep -cE "$1" "$log" || true; }

apt_progress() {
    local total fetched
    total=$(sed -nE 's/.* ([0-9]+) newly installed.*/\1/p' "$log" | tail -n 1)
    if [ -z "$total" ]; then
        echo "reading the lists of packages"
    else
        fetched=$(sed '1,/newly installed/d' "$log" | grep -c '^Get:' || true)
        echo "fetched $fetched and set up $(logged '^Setting up ') of $total"
    fi
}

pip_progress() {
    local total fetched installed
    total=$(sed -nE "/'win32'/d; s/^([a-z0-9.-]+)==.*/\1/p" "$lock_file" | sort -u | wc -l)
    fetched=$(logged '(Processing|Downloading|Using cached) .*\.whl \(')
    installed=$(find "$here"/.venv/lib/python*/site-packages -maxdepth 1 -name '*.dist-info' ! -name 'pip-*' | wc -l)
    echo "fetched $fetched and unpacked $((installed < total ? installed : total)) of $total"
}

venv_progress() { echo "making .venv"; }

# usable_python PROGRAM: print the interpreter behind it if it is fit to make .venv from.
usable_python() {
    "$1" -c '
import sys, ctypes, ensurepip, sqlite3, ssl, venv
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(1)
print(sys._base_executable)' 2>/dev/null
}

find_python() {
    local program
    for program in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        usable_python "$program" && return
    done
    return 1
}

# python_packages: the Debian packages that would give a usable Python.
python_packages() {
    local program version found=
    for program in python3 python3.13 python3.12 python3.11; do
        version=$("$program" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        case $version in
            3.11 | 3.12 | 3.13) echo "python$version-venv" && return ;;
        esac
        found=$version
    done
    [ -z "$found" ] || die "Python 3.11, 3.12 or 3.13 is needed, and this machine's python3 is $found." \
        "Install one of them beside it (Debian 12 and 13 bring one along), then run this again."
    echo python3 python3-venv
}

missing_libraries() {
    local machine=x86-64 cache library package
    [ "$(uname -m)" = x86_64 ] || machine=AArch64
    cache=$(/sbin/ldconfig -p)
    while read -r library package; do
        [ -z "$library" ] || grep -qF "$library (libc6,$machine" <<<"$cache" || echo "$package"
    done <<<"$libraries"
}

missing_test_programs() {
    local program package
    while read -r program package; do
        [ -z "$program" ] || command -v "$program" >/dev/null || echo "$package"
    done <<<"$test_programs"
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || echo postgresql
    [ -x /usr/sbin/slapd ] || echo slapd
}

# missing_packages PROFILE: everything that apt has to bring before pip can start, in one list.
missing_packages() {
    [ -s "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" ] || echo ca-certificates
    venv_stands || find_python >/dev/null || python_packages
    missing_libraries
    [ "$1" = run ] || missing_test_programs
}

# PostgreSQL's and OpenLDAP's packages would set up and start servers for the whole machine. The tests start their own, so
# they are told not to, PostgreSQL's for the time of the installation alone. dpkg may have been stopped in its middle the
# last time.
# shellcheck disable=SC2016  # expanded by the shell that root runs
apt_install='
    no_cluster=/etc/postgresql-common/createcluster.d/not-now.conf
    trap "rm -f $no_cluster" EXIT
    mkdir -p "${no_cluster%/*}" && echo "create_main_cluster = false" >"$no_cluster"
    dpkg --configure -a
    [[ " $* " != *" slapd "* ]] || debconf-set-selections <<<"slapd slapd/no_configuration boolean true"
    apt-get update
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"'

install_packages() {
    local as_root=(env)
    local command="apt-get update && apt-get install -y --no-install-recommends $*"
    command -v apt-get >/dev/null || die "These Debian packages, or what this system calls them, are missing: $*"
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
            as_root=(sudo -n env)
        else
            die $'System packages are missing. Run this as root, then ./install.sh again:\n\n  '"$command"
        fi
    fi
    step "Installing $# system packages" apt_progress \
        "${as_root[@]}" DEBIAN_FRONTEND=noninteractive LC_ALL=C bash -c "$apt_install" apt "$@" 9<&-
}

ensure_packages() {
    local missing
    missing=$(missing_packages "$1")
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086  # one word a package
    install_packages $missing
    missing=$(missing_packages "$1")
    [ -z "$missing" ] || die "Still missing after the installation: $(tr '\n' ' ' <<<"$missing")"
}

# The first line of the stamp says for which folder and Python .venv was made, each further one what was installed in
# it. While pip works there is no stamp, so that a half-made .venv is noticed and made anew.
venv_origin() { "$python" -c 'import sys, pip; print(sys.prefix, "%d.%d" % sys.version_info[:2])' 2>/dev/null; }

venv_stands() { [ -s "$stamp" ] && [ "$(head -n 1 "$stamp")" = "$(venv_origin)" ]; }

stamp_of() { echo "$1 $(cat "$2" "$here/setup.cfg" "$here/pyproject.toml" | sha256sum | cut -c -64)"; }

make_venv() {
    local base
    base=$(find_python)
    [ ! -e "$here/.venv" ] || say "The .venv that is here was not finished, or was made for another folder or Python."
    step "Making .venv with $base" venv_progress "$base" -m venv --clear "$here/.venv"
}

install_locked() {
    # The lock file is complete. Asked to look for more, pip takes pydantic[email] for a package that it does not name.
    "$python" -m pip install --require-virtualenv --require-hashes --no-deps --only-binary :all: -r "$lock_file" &&
        "$python" -m pip install --require-virtualenv --no-deps --no-build-isolation --editable "$here"
}

# ensure_venv PROFILE: .venv with everything that the profile's lock file names, and the project itself.
ensure_venv() {
    local origin
    lock_file=$here/requirements.lock
    [ "$1" = run ] || lock_file=$here/requirements-test.lock
    if venv_stands && grep -qxF "$(stamp_of "$1" "$lock_file")" "$stamp"; then
        return
    fi
    venv_stands || make_venv
    rm -f "$stamp"
    step "Installing Python packages" pip_progress install_locked
    origin=$(venv_origin)
    {
        echo "$origin"
        stamp_of run "$here/requirements.lock"
        [ "$1" = run ] || stamp_of test "$lock_file"
    } >"$stamp.new"
    mv "$stamp.new" "$stamp"
}

# Settings of pip that would send packages elsewhere or change what is chosen; those for network and index stay.
tame_environment() {
    unset CDPATH PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_DRY_RUN PIP_NO_DEPS PIP_PYTHON
    unset PIP_REQUIRE_HASHES PIP_REQUIREMENT PIP_CONSTRAINT PIP_EDITABLE PIP_PRE PIP_NO_BINARY PIP_UPGRADE
    unset PIP_QUIET PIP_VERBOSE PIP_LOG
    export PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_PROGRESS_BAR=off PIP_ROOT_USER_ACTION=ignore
}

# compile_words: what the screens say in each language, where that changed.
compile_words() {
    local source
    for source in "$here"/assets/translations/*.ts; do
        [ "${source%.ts}.qm" -nt "$source" ] || { "$python" -m kiosk.ui.translations >&2 && return; } ||
            { say "Going on without the screens' translations." && return; }
    done
}

# set_up PROFILE: everything before the kiosk or the tests can start. One at a time: the lock is on this very file.
set_up() {
    local folder
    case $(uname -sm) in
        "Linux x86_64" | "Linux aarch64") ;;
        *) die "This machine is $(uname -sm); there are packages for Linux on x86-64 and aarch64 only." ;;
    esac
    for folder in "$here" "$here/.venv" "$here/data"; do
        [ ! -e "$folder" ] || [ -w "$folder" ] || die "$folder belongs to somebody else: run this as its owner," \
            "or clone into a folder of your own."
    done
    tame_environment
    cd "$here"
    exec 9<"$here/install.sh"
    flock -n 9 || { say "Another ./install.sh is at work here; waiting for it ..." && flock 9; }
    ensure_packages "$1"
    ensure_venv "$1"
    "$python" -m kiosk models install >&2
    compile_words
}

# say_missing_fonts: names in the scripts of people who are not enrolled here need none, so that nothing is installed.
say_missing_fonts() {
    local missing
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 0
    missing=$("$python" -m kiosk.ui.fonts 2>/dev/null) && [ -n "$missing" ] || return 0
    say "Going on, although $missing"
}

verb_run() {
    set_up run
    "$python" -m kiosk demo --fetch-only >&2 || say "Going on without the demo's photographs."
    "$python" -m kiosk db upgrade >&2
    say_missing_fonts
    exec 9<&-
    cd "$caller_dir"
    exec "$here/.venv/bin/kiosk" run --or-demo "$@"
}

# The checks that read the code without running it, one command a line.
static_checks='
ruff check
ruff format --check
mypy
lint-imports
shellcheck --check-sourced install.sh .ci/run tests/device/run.sh assets/device/kiosk assets/device/kiosk-screen
'
is_pure='not (network or models or postgres or gui or slow or serial)'

# run_static_checks FOLDER: keep each one's output there, under its name, and .failed beside it when it fails.
run_static_checks() {
    local check output began
    export PATH=$here/.venv/bin:$PATH NO_COLOR=1
    while read -r check; do
        [ -n "$check" ] || continue
        output=$1/${check%% --*}
        began=$SECONDS
        # shellcheck disable=SC2086  # a command and its arguments
        $check >"$output" 2>&1 </dev/null || touch "$output.failed"
        echo $((SECONDS - began)) >"$output.seconds"
    done <<<"$static_checks"
}

# start_static_checks: beside what follows, in the background.
start_static_checks() {
    static_results=$(mktemp -d)
    run_static_checks "$static_results" &
    static_job=$!
    trap 'stop_ticker; kill "$static_job" 2>/dev/null || true; rm -rf "$static_results"' EXIT
}

# end_static_checks: wait for them, show what they found, and add those that failed to the array failed.
end_static_checks() {
    local output name
    wait "$static_job" || true
    for output in "$static_results"/*.seconds; do
        output=${output%.seconds}
        name=${output##*/}
        if [ -e "$output.failed" ]; then
            failed+=("$name")
            say "== $name: failed"
            cat "$output" >&2
        else
            say "== $name: passed in $(cat "$output.seconds") s"
        fi
    done
}

run_pytest() { "$python" -m pytest "$@" || failed+=("pytest $*"); }

# Tests wait for processes and cameras a third of their time: one worker more than there are cores, and four suffice.
workers() {
    local cores
    cores=$(nproc)
    echo $((cores < 3 ? cores + 1 : 4))
}

conclude() {
    ((${#failed[@]} == 0)) || die "Failed after $(clock $SECONDS):" "${failed[@]/#/  }"
    say "Everything passed in $(clock $SECONDS)."
}

set_up_tests() {
    set_up test
    "$python" -m kiosk demo --fetch-only >&2
    exec 9<&-
}

verb_check() {
    failed=()
    set_up_tests
    start_static_checks
    run_pytest tests/unit -q -n 2 -m "$is_pure" "$@"
    end_static_checks
    conclude
}

verb_test() {
    failed=()
    set_up_tests
    (($# == 0)) || exec "$python" -m pytest "$@"
    start_static_checks
    run_pytest -n "$(workers)" --dist loadgroup --no-loadscope-reorder -m "not serial"
    end_static_checks
    run_pytest -m serial
    conclude
}

verb_device() {
    # shellcheck source=assets/device/device.sh
    . "$here/assets/device/device.sh"
    device "$@"
}

verb_upgrade() {
    # shellcheck source=assets/device/device.sh
    . "$here/assets/device/device.sh"
    upgrade "$@"
}

verb_test_device() {
    set_up_tests
    exec "$here/tests/device/run.sh" "$@"
}

verb_test_faults() {
    set_up_tests
    KIOSK_LONG_FAULTS=1 "$python" -m pytest tests/faults tests/integration/test_rotas.py "$@"
}

# uv resolves for all Pythons and machines at once. PySide6 after 6.8.0.2 needs, on aarch64, a newer glibc than
# Debian 12's.
verb_lock() {
    cd "$here"
    tame_environment
    tools=$(mktemp -d)
    trap 'rm -rf "$tools"' EXIT
    "$(find_python)" -m venv "$tools"
    "$tools/bin/pip" install --quiet uv
    "$tools/bin/python" - >"$tools/build.in" <<'EOT'
import tomllib
with open("pyproject.toml", "rb") as file:
    print("\n".join(tomllib.load(file)["build-system"]["requires"]))
EOT
    # uv does not see that backports-strenum 1.3 refuses Python 3.11.
    printf '%s\n' 'pyside6-essentials==6.8.0.2' 'backports-strenum<1.3' >"$tools/constraints"
    # The project's own build backend refuses to pack it up, which is what uv asks for its requirements by.
    cp setup.cfg README.md LICENSE "$tools"
    printf '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n' >"$tools/pyproject.toml"
    export UV_CUSTOM_COMPILE_COMMAND='./install.sh lock'
    set -- --universal --python-version 3.11 --generate-hashes --quiet --constraint "$tools/constraints" "$@"
    "$tools/bin/uv" pip compile "$tools/setup.cfg" "$tools/build.in" --output-file requirements.lock "$@"
    "$tools/bin/uv" pip compile "$tools/setup.cfg" "$tools/build.in" --extra test --constraint requirements.lock \
        --output-file requirements-test.lock "$@"
    sed -i "s#$tools/##" requirements.lock requirements-test.lock
}

verb=${1:-}
shift || true
case $verb:${1:-} in
    device:* | upgrade:* | test-device:*) "verb_${verb//-/_}" "$@" ;;
    -h:* | --help:* | *:-h | *:--help) usage ;;
    run:* | check:* | test:* | test-faults:* | lock:*) "verb_${verb//-/_}" "$@" ;;
    *)
        [ -z "$verb" ] || say "install.sh knows no verb $verb."
        usage >&2
        exit 2
        ;;
esac
