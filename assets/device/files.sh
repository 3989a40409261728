# shellcheck shell=bash
# A release beside the others under /opt/kiosk/releases, and the files of the system that run it.

x_session=/usr/share/xsessions/kiosk.desktop
x_server=/etc/X11/xorg.conf.d/90-kiosk.conf
power_rule=/etc/polkit-1/rules.d/60-kiosk-power.rules
key_files='logind.conf:/etc/systemd/logind.conf.d/kiosk.conf
system.conf:/etc/systemd/system.conf.d/kiosk.conf
sysctl.conf:/etc/sysctl.d/90-kiosk.conf'
services='kiosk-screen.service kiosk.service kiosk-api.service kiosk-deliver.path kiosk-backup.timer'

# files_of FOLDER: the files of a release, relative to it, one a line.
files_of() {
    local existing='' name
    for name in $payload; do
        [ ! -e "$1/$name" ] || existing+=" $name"
    done
    # shellcheck disable=SC2086  # one word a name
    (cd "$1" && find $existing -type f ! -path '*/__pycache__/*' ! -name '*.qm' ! -path 'assets/photographs/*' \
        \( ! -path 'models/*' -o -name catalogue.toml -o -name README.md \) | LC_ALL=C sort)
}

# release_name FOLDER: the version, and a fingerprint of what is in the files: equal code has equal names.
release_name() {
    local version print
    version=$(sed -nE 's/^version = (.+)/\1/p' "$1/setup.cfg" | head -n 1)
    print=$(cd "$1" && files_of . | tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -c -10)
    echo "$version-$print"
}

# ensure_release SOURCE RELEASE: the code, its own .venv, the models; .ready says that it is whole.
ensure_release() {
    local source=$1 release=$2
    if [ -e "$release/.ready" ]; then
        say "  is there"
        here=$release python=$release/.venv/bin/python
        models_stand || step "Installing models" size_so_far install_models
        here=$source
        return
    fi
    [ ! -d "$release" ] || say "  goes on where it was cut off"
    step "Copying the program" size_so_far copy_program "$source" "$release"
    here=$release python=$release/.venv/bin/python stamp=$release/.venv/.installed
    ensure_venv run
    step "Installing models" size_so_far install_models
    step "Compiling" size_so_far compile_program
    touch "$release/.ready"
    here=$source
}

size_so_far() { echo "$(du -sm "$release" 2>/dev/null | cut -f 1) MB"; }

copy_program() {
    local source=$1 release=$2 folder
    mkdir -p "$release" &&
        files_of "$source" | tar -C "$source" -cf - -T - | tar -C "$release" --no-same-owner -xf - &&
        for folder in "$current" "$source"; do  # what was fetched once need not be fetched again
            carry_over "$folder/models" "$release/models" && carry_over "$folder/assets/photographs" "$release/assets/photographs"
        done &&
        chmod -R u=rwX,go=rX "$release" && ln -sfn "$settings" "$release/.env"
}

# carry_over FROM TO: copy files that are not there.
carry_over() { [ ! -d "$1" ] || { mkdir -p "$2" && cp -rn --preserve=timestamps "$1/." "$2/"; }; }

models_stand() { (cd "$here" && "$python" -B -m kiosk models verify >/dev/null 2>&1 9<&-); }

install_models() { cd "$here" && "$python" -m kiosk models install; }

compile_program() {
    cd "$here" && "$python" -m kiosk.ui.translations && "$python" -m compileall -q kiosk db alembic && chmod -R go=rX "$here"
}

# switch_to RELEASE: from one instant to the next.
switch_to() {
    [ "$(readlink "$current")" != "$1" ] || return 0
    ln -sfn "$1" "$opt/.current.new"
    mv -T "$opt/.current.new" "$current"
}

# put SOURCE DESTINATION MODE: note in $changed if the file was another one.
put() {
    if cmp -s "$1" "$2" && [ "$(stat -c %a "$2")" = "$3" ]; then return; fi
    mkdir -p "${2%/*}"
    install -m "$3" "$1" "$2"
    changed+=" $2"
}

take_away() {
    [ ! -e "$1" ] || { rm -f "$1" && changed+=" $1"; }
}

# install_files RELEASE SESSION: the files of the system; services whose files changed are started anew.
install_files() {
    local from=$1/assets/device session=$2 unit
    changed=
    for unit in kiosk.service kiosk-api.service kiosk-deliver.service kiosk-deliver.path kiosk-backup.service \
        kiosk-backup.timer; do
        put "$from/$unit" "$units_dir/$unit" 644
    done
    put "$from/kiosk-service-$session.conf" "$units_dir/kiosk.service.d/session.conf" 644
    install_screen "$from" "$session"
    install_restart_steps "$from"
    install_keys "$from" "$session"
    put "$from/90-kiosk-camera.rules" /etc/udev/rules.d/90-kiosk-camera.rules 644
    install_power "$from" "$session"
    put "$from/journald.conf" /etc/systemd/journald.conf.d/kiosk.conf 644
    put "$from/kiosk" "$wrapper" 755
    [ "$(cat "$session_file" 2>/dev/null)" = "$session" ] || echo "$session" >"$session_file"
    take_up "$changed"
}

install_screen() {
    if [ "$2" = cage ]; then put "$1/kiosk-screen.service" "$units_dir/kiosk-screen.service" 644; else
        [ ! -e "$units_dir/kiosk-screen.service" ] || systemctl disable --now --quiet kiosk-screen.service
        take_away "$units_dir/kiosk-screen.service"
    fi
    local file
    for file in kiosk-x11.desktop:/etc/xdg/autostart/kiosk-x11.desktop kiosk-session.desktop:$x_session xorg.conf:$x_server; do
        if [ "$2" = x11 ]; then put "$1/${file%%:*}" "${file#*:}" 644; else take_away "${file#*:}"; fi
    done
}

# install_power FROM SESSION: whoever has the administrator's password at the screen may restart the device.
install_power() {
    if [ "$2" = headless ]; then take_away "$power_rule"; else put "$1/60-kiosk-power.rules" "$power_rule" 644; fi
}

# install_keys FROM SESSION: what a keyboard at the screen may not do. Without a screen it is the technician's own.
install_keys() {
    local file
    for file in $key_files; do
        if [ "$2" = headless ]; then take_away "${file#*:}"; else put "$1/${file%%:*}" "${file#*:}" 644; fi
    done
    if [ "$2" = headless ]; then free_ctrl_alt_del; else systemctl mask --quiet ctrl-alt-del.target; fi
}

free_ctrl_alt_del() { [ ! -L "$units_dir/ctrl-alt-del.target" ] || systemctl unmask --quiet ctrl-alt-del.target; }

# Debian 12's systemd would complain of words that it does not know.
install_restart_steps() {
    local unit version
    version=$(systemctl --version | sed -nE '1s/^systemd ([0-9]+).*/\1/p')
    for unit in kiosk kiosk-api kiosk-deliver kiosk-screen; do
        if ((version >= 254)) && [ -e "$units_dir/$unit.service" ]; then
            put "$1/restart-steps.conf" "$units_dir/$unit.service.d/restart-steps.conf" 644
        else
            take_away "$units_dir/$unit.service.d/restart-steps.conf"
        fi
    done
}

# take_up CHANGED: tell systemd, udev and journald of the files that changed.
take_up() {
    case $1 in *"$units_dir"*) systemctl daemon-reload ;; esac
    case $1 in *journald*) systemctl restart systemd-journald ;; esac
    case $1 in *logind*) systemctl try-restart systemd-logind ;; esac
    case $1 in *system.conf.d*) systemctl daemon-reexec ;; esac
    case $1 in *sysctl*) sysctl -q --system 2>/dev/null || true ;; esac # a container has no say in it
    case $1 in
        *udev*)
            udevadm control --reload 2>/dev/null || true  # no udev in a container
            udevadm trigger --subsystem-match=video4linux 2>/dev/null || true
            ;;
    esac
}

installed_services() {
    local service
    for service in $services; do
        [ ! -e "$units_dir/$service" ] || echo "$service"
    done
}

# start_services: now and at every start of the machine; those whose files changed anew.
start_services() {
    local service
    # shellcheck disable=SC2046  # one word a service
    systemctl enable --quiet $(installed_services)
    for service in $(installed_services); do
        case $changed in
            *"/$service"*) systemctl restart "$service" || not_started "$service" ;;
            *) systemctl start "$service" || not_started "$service" ;;
        esac
    done
    systemctl try-restart kiosk-deliver.service || not_started kiosk-deliver.service
}

not_started() {
    say "$1 does not start. The end of its log:"
    journalctl -u "$1" -n 15 --no-pager -o cat 2>/dev/null | sed 's/^/  | /' >&2
    die "When the cause is gone, the same command goes on from here; systemd goes on trying meanwhile."
}

stop_services() {
    local service
    for service in $(installed_services); do
        systemctl disable --now --quiet "$service" || true
    done
    systemctl stop --quiet kiosk-backup.service kiosk-deliver.service 2>/dev/null || true
}

remove_files() {
    rm -rf "$units_dir"/kiosk-deliver.service{,.d}
    rm -f "$units_dir"/kiosk-backup.service "$wrapper" /etc/udev/rules.d/90-kiosk-camera.rules \
        /etc/systemd/journald.conf.d/kiosk.conf /etc/xdg/autostart/kiosk-x11.desktop \
        "$x_session" "$x_server" "$power_rule"
    local service file
    for file in $key_files; do
        rm -f "${file#*:}"
    done
    free_ctrl_alt_del
    take_up 'logind system.conf.d sysctl'
    for service in $services; do
        rm -rf "${units_dir:?}/$service" "$units_dir/$service.d"
    done
    systemctl daemon-reload
    systemctl reset-failed 'kiosk*' 2>/dev/null || true
    udevadm control --reload 2>/dev/null || true
    systemctl restart systemd-journald
}
