#!/usr/bin/env bash
# Put one backup into an empty database and an empty folder of files.
# Usage: restore.sh <folder of one backup>; DATABASE_URL and SREDA_MEDIA say where to.
set -euo pipefail
source=${1:?usage: restore.sh <folder of one backup>}
url=${DATABASE_URL:?is not set}
(cd "$source" && sha256sum --quiet --check SHA256SUMS)

case $url in
  sqlite:///*)
    database=${url#sqlite:///}
    if [[ -e $database ]]; then
      echo "$database exists: restore into a new file" >&2
      exit 1
    fi
    cp "$source/database.sqlite3" "$database"
    ;;
  postgresql://*)
    tables=$(psql --no-psqlrc -Atc "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'" "$url")
    if ((tables)); then
      echo "the database holds $tables tables: restore into an empty one" >&2
      exit 1
    fi
    pg_restore --no-owner --exit-on-error --single-transaction --dbname="$url" \
      "$source/database.dump"
    ;;
  *)
    echo "DATABASE_URL is neither sqlite:/// nor postgresql://" >&2
    exit 1
    ;;
esac

if [[ -e $source/media.tar ]]; then
  media=${SREDA_MEDIA:?is not set, and the backup holds files}
  mkdir -p "$media"
  if [[ -n $(ls -A "$media") ]]; then
    echo "$media is not empty" >&2
    exit 1
  fi
  tar --extract --file="$source/media.tar" --directory="$media"
fi
echo "restored from $source"
