-- Let the guest log in with the password whose hash was just given.
do $$
begin
    execute format(
        'alter role aanhangsel_guest login password %L',
        current_setting('aanhangsel.guest_verifier')
    );
end
$$
