#!/usr/bin/env bash
# Proves the device in booted containers; ./install.sh test-device calls it. Releases: bookworm, trixie, or both.
set -Eeuo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." >/dev/null && pwd -P)
releases=()
while [[ ${1:-} =~ ^[a-z]+$ ]]; do
    releases+=("$1")
    shift
done
[ "$(id -u)" = 0 ] || { echo "Containers are booted as root: sudo ./install.sh test-device" >&2 && exit 1; }
missing=()
command -v debootstrap >/dev/null || missing+=(debootstrap)
command -v systemd-nspawn >/dev/null || missing+=(systemd-container)
((${#missing[@]} == 0)) || { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >&2
cd "$here"
export KIOSK_DEVICE_RELEASES="${releases[*]:-bookworm trixie}"
exec .venv/bin/python -m pytest tests/device -x -v -s -p no:cacheprovider "$@"
