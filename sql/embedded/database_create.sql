-- The one database; cannot run inside a transaction or a do block.
create database aanhangsel owner aanhangsel_owner
