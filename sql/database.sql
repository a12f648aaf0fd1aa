-- Settings of the one database. lz4 is a build option of PostgreSQL.
do $$
begin
    revoke all on database aanhangsel from public;
    grant connect, temporary on database aanhangsel
        to aanhangsel_owner, aanhangsel_writer, aanhangsel_reader;
    revoke all on schema public from public;
    begin
        alter database aanhangsel set default_toast_compression = 'lz4';
    exception when invalid_parameter_value then
        raise notice 'no lz4 here: long texts are compressed with pglz';
    end;
end
$$;
