#!/bin/sh
# Makes .venv ready for `run` or `dev`: sh tools/setup.sh run
# A stamp holds what was installed and where, so that the second time costs nothing.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
kind=${1:-run}
python=.venv/bin/python

wanted() { { cat "requirements/$1.txt" pyproject.toml; pwd; } | cksum; }
done_before() { [ "$(cat ".venv/leesbouw-$1.stamp" 2>/dev/null)" = "$(wanted "$1")" ] && $python -c '' 2>/dev/null; }

# What development needs includes all that running needs.
if done_before dev || { [ "$kind" = run ] && done_before run; }; then exit 0; fi

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$name"; return
        fi
    done
}

[ -w . ] || fail "Ik mag niet schrijven in de map $(pwd); kies een map die van jou is."
free=$(free_kb .)
[ "${free:-1000000}" -ge 800000 ] || fail "Er is te weinig ruimte op de schijf: maak minstens 800 MB vrij en probeer het opnieuw."

same_place() { [ "$(cat .venv/leesbouw-place 2>/dev/null || pwd)" = "$(pwd)" ]; }
if ! { [ -x $python ] && same_place && $python -m pip --version >/dev/null 2>&1; }; then
    base=$(find_python)
    [ -n "$base" ] || fail "Leesbouw heeft Python 3.11 of nieuwer nodig en vindt dat hier niet."
    "$base" -c 'import venv, ensurepip' 2>/dev/null \
        || fail "Bij deze Python ontbreekt venv; installeer het eerst: apt-get install python3-venv"
    say "Ik maak een eigen Python-omgeving in de map .venv."
    "$base" -m venv --clear .venv >/dev/null || fail "De map .venv maken lukte niet."
fi
pwd > .venv/leesbouw-place
rm -f .venv/leesbouw-*.stamp

install() {
    $python -m pip install --quiet --disable-pip-version-check --no-input --no-deps "$@" >>"$log" 2>&1 </dev/null
}
log=.venv/leesbouw-setup.log
: > $log
say "Ik zet de onderdelen van Leesbouw klaar; dat duurt de eerste keer één tot enkele minuten…"
if ! { install --require-hashes --requirement "requirements/$kind.txt" \
       && install --no-build-isolation --editable .; }; then
    tail -n 20 $log >&2
    if grep -qi 'no space left' $log; then fail "De schijf is vol: maak ruimte en probeer het opnieuw."; fi
    fail "Het klaarzetten lukte niet; hierboven staat waarom. Is er een internetverbinding?"
fi
wanted "$kind" > ".venv/leesbouw-$kind.stamp"
