#!/usr/bin/env bash
# One backup: the database and the uploaded files of one moment in one folder, checked before it
# gets its name. Usage: backup.sh <folder for backups>; DATABASE_URL and SREDA_MEDIA as for the
# application. KEEP (14) newest backups stay.
set -euo pipefail
target=${1:?usage: backup.sh <folder for backups>}
keep=${KEEP:-14}
url=${DATABASE_URL:?is not set}
umask 077
mkdir -p "$target"
stamp=$(date -u +%Y%m%dT%H%M%SZ)
work=$target/.unfinished-$stamp
mkdir "$work"
trap 'rm -rf "$work"' EXIT

case $url in
  sqlite:///*)
    # SQLite's own online copy: consistent while the application writes.
    python3 - "${url#sqlite:///}" "$work/database.sqlite3" <<'PYTHON'
import sqlite3, sys
source, copy = (sqlite3.connect(path) for path in sys.argv[1:])
source.backup(copy)
(found,) = copy.execute("PRAGMA integrity_check").fetchone()
sys.exit(None if found == "ok" else f"the copy is damaged: {found}")
PYTHON
    ;;
  postgresql://*)
    pg_dump --format=custom --no-owner --file="$work/database.dump" "$url"
    pg_restore --list "$work/database.dump" >/dev/null
    ;;
  *)
    echo "DATABASE_URL is neither sqlite:/// nor postgresql://" >&2
    exit 1
    ;;
esac

if [[ -n ${SREDA_MEDIA:-} && -d $SREDA_MEDIA ]]; then
  # A file that is being written is complete in the next backup; everything else must be read.
  tar --create --file="$work/media.tar" --directory="$SREDA_MEDIA" --warning=no-file-changed . ||
    (($? == 1))
fi
(cd "$work" && sha256sum -- * >SHA256SUMS)
mv "$work" "$target/$stamp"
trap - EXIT

mapfile -t old < <(find "$target" -mindepth 1 -maxdepth 1 -type d -name '2*Z' | sort -r | tail -n "+$((keep + 1))")
((${#old[@]})) && rm -rf -- "${old[@]}"
echo "$target/$stamp"
