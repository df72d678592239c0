#!/bin/sh
# Prints a fresh value for every secret, as lines of an environment file:
#
#   umask 077; ./make-secrets.sh >> compose/.env
#
# 48 letters and digits each, from the system's own randomness: over 280 bits, and nothing that an address or a
# shell would take for something else.
set -eu
for name in RELAIS_SECRET RELAIS_CONTROL_SECRET RELAIS_ADMIN_TOKEN TURN_SECRET POSTGRES_PASSWORD REDIS_PASSWORD; do
  value=$(LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | dd bs=1 count=48 2>/dev/null)
  echo "$name=$value"
done
