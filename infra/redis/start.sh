#!/bin/sh
# Starts Redis with redis.conf and the password of the environment: in a file that only we may read, not on the command
# line, where every user of the machine would see it.
#
#   REDIS_PASSWORD  the same as in REDIS_URL of hubs and media nodes
#   REDIS_CONFIG    redis.conf (the one beside this script)
#   REDIS_RUN       a folder for what is written here (/run/redis)
# Further arguments go to Redis.
set -eu
umask 077
here=$(dirname "$0")
: "${REDIS_PASSWORD:?is to be the password of REDIS_URL}"
run=${REDIS_RUN:-/run/redis}
mkdir -p "$run"
{
  cat "${REDIS_CONFIG:-$here/redis.conf}"
  echo "requirepass \"$REDIS_PASSWORD\""
  echo "dir $run"
} >"$run/redis.conf"
exec "${REDIS_SERVER_PATH:-redis-server}" "$run/redis.conf" "$@"
