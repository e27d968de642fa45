#!/bin/sh
# Makes a video with nothing but curl: sends a request, waits, downloads.
#   ROSTRUM_API_KEY=... examples/create-video.sh [request.json] [out.mp4]
set -eu
url=${ROSTRUM_URL:-http://127.0.0.1:8730}
key=${ROSTRUM_API_KEY:?Set ROSTRUM_API_KEY to the key that the server printed.}
request=${1:-$(dirname "$0")/create-video-nested.json}
out=${2:-out.mp4}

field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

answer=$(curl -sS "$url/v2/create_video_from_avatar" -H "x-api-key: $key" -H 'content-type: application/json' -d "@$request")
id=$(printf '%s' "$answer" | field video_id)
if [ -z "$id" ]; then
  printf '%s\n' "$answer" >&2
  exit 1
fi

while :; do
  answer=$(curl -sS "$url/v2/avatar_video/$id" -H "x-api-key: $key")
  case $(printf '%s' "$answer" | field status) in
    completed) break ;;
    pending | processing) sleep "${POLL_SECONDS:-2}" ;;
    *)
      printf '%s\n' "$answer" >&2
      exit 1
      ;;
  esac
done

curl -sS -o "$out" "$(printf '%s' "$answer" | field video_url)"
printf '%s\n' "$out"
