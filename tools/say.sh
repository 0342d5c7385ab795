# Sentences for the person at the keyboard; sourced by the other scripts in this folder.
say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Kilobytes free on the disk that holds folder $1.
free_kb() { df -Pk "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'; }

is_root() { [ "$(id -u)" = 0 ]; }

# Installs Debian packages when we may, else says which are missing: need_packages "waarvoor" package…
need_packages() {
    why=$1; shift
    if ! is_root || ! command -v apt-get >/dev/null; then
        fail "Voor $why ontbreekt nog een pakket; installeer het eerst: apt-get install $*"
    fi
    say "Ik installeer $* met apt-get; dat duurt even…"
    log=$(mktemp)
    if ! { DEBIAN_FRONTEND=noninteractive apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
           apt-get -qq install --yes --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2; rm -f "$log"
        fail "Het installeren van $* lukte niet; hierboven staat waarom."
    fi
    rm -f "$log"
}
