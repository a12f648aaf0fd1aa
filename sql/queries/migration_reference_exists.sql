-- Whether this database can hold reference tables yet.
select to_regclass('etl.reference') is not null
