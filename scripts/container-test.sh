#!/usr/bin/env bash
# Builds the images of the Dockerfile and runs the demo in each as compose.yaml would have it: the image's own entry and settings,
# uid 1000, root file system read-only, no capabilities, no new privileges. Passes when the image's health check is good, a first draft
# has appeared and it stops in order when it is told.
#
# In the image with Chromium a page that needs JavaScript is read, too, in Chromium's own sandbox.
#
#   scripts/container-test.sh [newsdesk|browser]…
#
# Needs Linux, root, buildah (no daemon) and curl; and debootstrap where node:24-bookworm-slim cannot be pulled: then it is made of
# Debian and npm's Node. NPM_CONFIG_REGISTRY and NODE_EXTRA_CA_CERTS are handed to the build when they are set.
set -euo pipefail
cd "$(dirname "$0")/.."

BASE=docker.io/library/node:24-bookworm-slim
PREFIX=localhost/newsdesk-test
WORK="$(mktemp -d)"
INIT=0
OUTER=0
CONTAINER=
SITE=0
trap stop_all EXIT

stop_all() {
  # With its first process everything in the namespace ends.
  for process in "$INIT" "$OUTER" "$SITE"; do if ((process > 0)); then kill -KILL "$process" 2>/dev/null || true; fi; done
  if [[ -n "$CONTAINER" ]]; then buildah rm "$CONTAINER" >/dev/null 2>&1 || true; fi
  rm -rf "$WORK"
}

step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }
fail() { echo "FAILED: $1" >&2; tail -n 40 "$WORK/output" >&2 || true; exit 1; }

# Debian's own minimal system with Node, npm and the user `node`: what the image of that name holds, as far as we use it.
make_base() {
  local arch root="$WORK/root" scratch
  case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) fail "no base image for $(uname -m)" ;; esac
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$WORK/output"
  npm install --prefix "$WORK/npm" --no-save --no-audit --no-fund --silent "node-linux-$arch@24" npm@11
  install -D "$WORK/npm/node_modules/node-linux-$arch/bin/node" "$root/usr/local/bin/node"
  mkdir -p "$root/usr/local/lib/node_modules"
  cp -a "$WORK/npm/node_modules/npm" "$root/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
  chroot "$root" groupadd --gid 1000 node
  chroot "$root" useradd --uid 1000 --gid node --shell /bin/bash --create-home node
  scratch="$(buildah from scratch)"
  buildah add --quiet "$scratch" "$root" / >/dev/null
  buildah commit --quiet --rm "$scratch" "$BASE"
  rm -rf "$root" "$WORK/npm"
}

build() {
  local more=()
  if [[ -n "${NPM_CONFIG_REGISTRY:-}" ]]; then more+=(--build-arg "NPM_CONFIG_REGISTRY=$NPM_CONFIG_REGISTRY"); fi
  if [[ -n "${NODE_EXTRA_CA_CERTS:-}" ]]; then
    more+=(--build-arg NODE_EXTRA_CA_CERTS=/run/ca.pem --volume "$(realpath "$NODE_EXTRA_CA_CERTS"):/run/ca.pem:ro")
  fi
  buildah build --isolation chroot --format docker --pull-never --target "$1" --tag "$PREFIX:$1" "${more[@]}" .
}

# One value of the image's configuration, lists a word a line.
config() {
  buildah inspect --type image "$PREFIX:$1" |
    node -e 'let v = JSON.parse(require("fs").readFileSync(0, "utf8")).Docker.config; for (const key of process.argv.slice(1)) v = v?.[key];
      console.log([v ?? ""].flat().join("\n"))' "${@:2}"
}

# Runs as the first process of namespaces of its own: $1 the root, $2 the folder for /data, $3 the user, $4 the folder to stand in, then
# what to run. Everything but /tmp, /dev/shm and /data is read-only from here on.
ENTER='
  set -euo pipefail
  root=$1 data=$2 user=$3 folder=$4
  shift 4
  mount --bind "$root" "$root"
  mount -t tmpfs -o mode=755 tmpfs "$root/dev"
  for name in null zero full random urandom; do touch "$root/dev/$name"; mount --bind "/dev/$name" "$root/dev/$name"; done
  mkdir "$root/dev/shm"
  mount -o remount,ro "$root/dev"
  mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs "$root/dev/shm"
  mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs "$root/tmp"
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
  mount --bind "$data" "$root/data"
  mount -o remount,bind,ro "$root"
  # A process that was chrooted could make no user namespace, and so Chromium no sandbox: the root is changed as container engines do.
  cd "$root"
  pivot_root . .
  umount -l .
  exec setpriv --reuid "$user" --regid "$user" --init-groups --bounding-set=-all --inh-caps=-all --no-new-privs \
    env --chdir="$folder" "$@"'

# Starts the image with its own entry and these words; sets INIT.
start() {
  local image="$1" environment entry root user folder
  shift
  mapfile -t environment < <(config "$image" Env)
  mapfile -t entry < <(config "$image" Entrypoint)
  CONTAINER="$(buildah from --pull-never "$PREFIX:$image")"
  root="$(buildah mount "$CONTAINER")"
  user="$(config "$image" User)"
  folder="$(config "$image" WorkingDir)"
  mkdir -p "$WORK/data"
  chown 1000:1000 "$WORK/data"
  unshare --mount --pid --ipc --uts --fork --kill-child bash -c "$ENTER" - "$root" "$WORK/data" "$user" "$folder" \
    "${environment[@]}" HOST=127.0.0.1 "PORT=$PORT" "${entry[@]}" "$@" >"$WORK/output" 2>&1 &
  OUTER=$!
  until INIT="$(pgrep --parent "$OUTER")"; do sleep 0.1; done
}

# Runs words beside what runs there, as the same user.
inside() {
  nsenter --target "$INIT" --mount --pid --ipc --uts --root --wd setpriv --reuid node --regid node --init-groups \
    --bounding-set=-all --inh-caps=-all --no-new-privs env -i "PATH=$(config "$IMAGE" Env | sed -n 's/^PATH=//p')" "PORT=$PORT" "$@"
}

# A site on loopback whose list only JavaScript makes; sets SITE and SITE_PORT.
PAGE='<!doctype html><html lang="en"><title>News</title><main><ul id="news"></ul></main>
<script>for (const day of [1, 2]) {
  const item = document.createElement("li");
  item.innerHTML = `<h3><a href="/news/${day}">Made by a script ${day}</a></h3><time>${day} November 2026</time>`;
  document.getElementById("news").append(item);
}</script></html>'
serve() {
  PAGE="$PAGE" node -e 'const s = require("http").createServer((q, a) => {
    if (q.url === "/news") a.setHeader("content-type", "text/html; charset=utf-8").end(process.env.PAGE);
    else a.writeHead(404).end();
  }).listen(0, "127.0.0.1", () => console.log(s.address().port))' >"$WORK/site" &
  SITE=$!
  until SITE_PORT="$(cat "$WORK/site")" && [[ -n "$SITE_PORT" ]]; do sleep 0.1; done
}

# Reads it with what the image has, as `sources preview` does.
renders() {
  local found
  serve
  cat >"$WORK/data/rendered.config.ts" <<END
export const sources = [{ id: 'rendered', name: 'Rendered', class: 'charity', kind: 'listing', render: 'browser', evidence: 'verified',
  url: 'http://127.0.0.1:$SITE_PORT/news', select: { item: '#news li', title: 'h3', date: 'time' }, date: { format: 'd-month-y' } }];
END
  found="$(inside CHROMIUM_PATH=/usr/bin/chromium SOURCES_FILE=/data/rendered.config.ts "ALLOW_PRIVATE_HOSTS=127.0.0.1:$SITE_PORT" \
    node bin/newsdesk.js sources preview rendered)" || fail "the rendered page was not read: $found"
  [[ "$found" == *'Made by a script 2'* ]] || fail "the list that JavaScript made was not seen: $found"
  kill "$SITE"
  SITE=0
  echo 'ok: a page that needs JavaScript is read'
}

healthy() { inside "${HEALTH[@]:1}"; }

drafts() {
  { curl -fsS "http://127.0.0.1:$PORT/metrics" || true; } |
    awk '$1 == "newsdesk_items{disposition=\"drafted\"}" { n = $2 } END { print n + 0 }'
}

has_draft() { [[ "$(drafts)" -gt 0 ]]; }

until_true() {
  local what="$1" seconds="$2" second
  shift 2
  for ((second = 0; second < seconds; second += 1)); do
    if "$@" >/dev/null 2>&1; then echo "ok: $what after $second s"; return; fi
    kill -0 "$OUTER" 2>/dev/null || fail "$what: it ended before"
    sleep 1
  done
  fail "$what: not within $seconds s"
}

refused() {
  if inside touch "$1" 2>/dev/null; then fail "$1 can be written"; fi
}

try_image() {
  IMAGE="$1"
  PORT="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
  mapfile -t HEALTH < <(config "$IMAGE" Healthcheck Test)
  step "demo in the image $IMAGE"
  start "$IMAGE" demo --port "$PORT" --every 2
  until_true 'the health check of the image' 120 healthy
  until_true 'a first draft' 120 has_draft
  [[ "$(awk '$1 == "Uid:" { print $2 }' "/proc/$INIT/status")" == 1000 ]] || fail 'it does not run as uid 1000'
  [[ "$(awk '$1 == "CapBnd:" { print $2 }' "/proc/$INIT/status")" == 0000000000000000 ]] || fail 'it has capabilities'
  [[ "$(tr '\0' ' ' <"/proc/$INIT/cmdline")" == /usr/bin/tini* ]] || fail 'its first process is not tini'
  for file in /x /app/x /usr/bin/x /home/node/x /var/tmp/x; do refused "$file"; done
  echo "ok: uid 1000, no capabilities, root file system read-only, $(drafts) drafts"
  if [[ "$IMAGE" == browser ]]; then renders; fi
  kill -TERM "$INIT"
  wait "$OUTER" || fail "it did not stop in order (status $?)"
  INIT=0 OUTER=0
  echo 'ok: stopped in order'
  buildah rm "$CONTAINER" >/dev/null
}

step 'base image'
buildah inspect --type image "$BASE" >/dev/null 2>&1 || buildah pull --quiet "$BASE" || make_base
for target in "${@:-newsdesk}"; do
  if [[ -z "${ONLY_RUN:-}" ]]; then
    step "build $target"
    build "$target"
  fi
  try_image "$target"
done
step 'done'
