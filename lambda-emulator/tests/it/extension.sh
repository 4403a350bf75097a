#!/bin/sh
# An external extension: the test binary, started again as `player::extend`. Its name is the name it is started by.
EXTENSION_NAME=${0##*/} EXTENSION_ARGUMENTS=$# exec "$PLAYER" --exact player::extend --nocapture
