-- No password, no login.
alter role aanhangsel_guest nologin password null
