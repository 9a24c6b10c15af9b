#!/usr/bin/env bash
# Makes the image that the integration tests' container mode runs, from Debian packages: DCMTK and Orthanc.
# Needs root (debootstrap) and a Docker daemon, but no image registry. About 4 minutes, 500 MB.
#
#   src/test/containers/build-debian-peers.sh [IMAGE] [FOLDER]
#
# IMAGE   default segnode-test/debian-peers:1, the name that the tests expect (-Dit.image=... names another one)
# FOLDER  where the file system is put together; default: a temporary folder, removed afterwards
set -euo pipefail

image=${1:-segnode-test/debian-peers:1}
folder=${2:-$(mktemp -d)}
root=$folder/root

# debootstrap does not resolve virtual packages: the provider of orthanc's libboost-regex is named
debootstrap --variant=minbase --include=dcmtk,orthanc,libboost-regex1.74.0 bookworm "$root"
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
tar -C "$root" -c . | docker import - "$image"
[ $# -ge 2 ] || rm -rf "$folder"
echo "image $image is ready"
