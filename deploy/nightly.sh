#!/bin/sh
# Backs up, reads the backup back, throws away old ones only then, and takes what is older than it is to be kept.
# From cron or newsdesk-backup.timer, in the folder of the newsdesk, with its settings in the environment. BACKUP_DIR: where backups
# go; BACKUP_DAYS: how long they stay.
set -eu
umask 077
dir="${BACKUP_DIR:-/var/backups/newsdesk}"
file="$dir/newsdesk-$(date -u +%Y-%m-%dT%H%M%SZ).ndjson.gz"
mkdir -p "$dir"
node bin/newsdesk.js backup "$file"
node bin/newsdesk.js restore --check "$file"
find "$dir" -maxdepth 1 -type f -name 'newsdesk-*.ndjson.gz' -mtime +"${BACKUP_DAYS:-30}" -delete
node bin/newsdesk.js retention
