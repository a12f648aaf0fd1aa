-- Keep the guest's password hash where the next statement finds it: `alter role`
-- takes no parameters.
select set_config('aanhangsel.guest_verifier', %(verifier)s, false)
