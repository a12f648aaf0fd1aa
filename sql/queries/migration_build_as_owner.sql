-- What is made from here on belongs to the owner role.
set role aanhangsel_owner
