#!/bin/sh
# Runs once, when the volume is new: the three roles, each with the password that stands
# in the URL with which its service logs in, and the database in the owner's hands. The
# superuser is for this container only.
set -eu

# The image's entry point has put the superuser's password into PGPASSWORD.
sql() {
    psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 \
        --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" "$@"
}

password() {
    url=$(cat "${SECRETS:-/run/secrets}/$1_url")
    rest=${url#*://*:}
    secret=${rest%%@*}
    case $secret in
    '' | *[!0-9A-Za-z]*)
        echo "roles.sh: no password of letters and digits in the secret $1_url" >&2
        return 1
        ;;
    esac
    printf '%s' "$secret"
}

here=${SQL:-/etc/aanhangsel-etl}
sql --file="$here/roles.sql"
for role in owner writer reader; do
    secret=$(password "$role")
    # On standard input, so that no password stands in a list of processes.
    printf "alter role aanhangsel_%s with login password '%s';\n" "$role" "$secret" | sql
done
sql --command="alter database $POSTGRES_DB owner to aanhangsel_owner"
sql --file="$here/database.sql"
