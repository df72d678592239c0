#!/bin/sh
# Starts coturn with turnserver.conf and what the environment says of this server. The secret goes into a file that
# only we may read, not onto the command line, where every user of the machine would see it.
#
#   TURN_SECRET         the same as the hubs have
#   TURN_REALM          a name shown to nobody; the relay's host name will do
#   TURN_ADDRESS        address of this machine to listen on and to relay from
#   TURN_PUBLIC_ADDRESS where the world reaches TURN_ADDRESS, if that is another (NAT, most clouds)
#   TURN_ALLOWED_PEERS  addresses of the media nodes as browsers see them (RELAIS_MEDIA_ADDRESS), by commas
#   TURN_PORT           UDP and TCP (3478)
#   TURN_TLS_PORT       TLS (5349); 443 passes the strictest networks, where no web server has it already
#   TURN_CERT, TURN_KEY certificate chain and key for TLS; without them there is none
#   TURN_RELOAD_SECONDS how often to read the certificate again, which others renew; never when not set
#   TURN_CONFIG         turnserver.conf (the one beside this script)
#   TURN_RUN            a folder for what is written here (/run/coturn)
set -eu
umask 077
here=$(dirname "$0")
: "${TURN_SECRET:?is to be the secret that the hubs have too}"
: "${TURN_REALM:?is to be the name of this relay}"
: "${TURN_ADDRESS:?is to be an address of this machine}"
: "${TURN_ALLOWED_PEERS:?is to be the addresses of the media nodes, by commas}"
if [ -n "${TURN_CERT:-}" ] && ! [ -r "$TURN_CERT" ]; then
  # coturn itself would go on without TLS, and nobody would notice until somebody cannot be heard.
  echo "TURN_CERT: $TURN_CERT cannot be read (yet?)" >&2
  exit 1
fi
run=${TURN_RUN:-/run/coturn}
conf=$run/turnserver.conf

mkdir -p "$run"
{
  cat "${TURN_CONFIG:-$here/turnserver.conf}"
  echo
  echo "static-auth-secret=$TURN_SECRET"
  echo "realm=$TURN_REALM"
  echo "listening-ip=$TURN_ADDRESS"
  echo "relay-ip=$TURN_ADDRESS"
  [ -z "${TURN_PUBLIC_ADDRESS:-}" ] || echo "external-ip=$TURN_PUBLIC_ADDRESS/$TURN_ADDRESS"
  echo "listening-port=${TURN_PORT:-3478}"
  if [ -n "${TURN_CERT:-}" ]; then
    echo "tls-listening-port=${TURN_TLS_PORT:-5349}"
    echo "cert=$TURN_CERT"
    echo "pkey=${TURN_KEY:?is to be the key of TURN_CERT}"
  else
    echo no-tls
  fi
  echo "pidfile=$run/turnserver.pid"
  echo "userdb=$run/turndb"
  echo "$TURN_ALLOWED_PEERS" | tr ', ' '\n\n' | sed -n 's/^..*$/allowed-peer-ip=&/p'
} >"$conf"

# A certificate lasts 90 days and is renewed on disk by somebody else: coturn reads it again when it is told to.
if [ -n "${TURN_RELOAD_SECONDS:-}" ]; then
  (while sleep "$TURN_RELOAD_SECONDS" && kill -USR2 $$ 2>/dev/null; do :; done) &
fi
exec "${TURNSERVER_PATH:-turnserver}" -c "$conf"
