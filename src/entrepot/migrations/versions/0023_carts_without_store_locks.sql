-- A foreign key locks the row that it points to, and all new carts point to the same one: each of them wrote into it who
-- else was using it. Carts go with their store view as before; one that is made while the view goes is read in the
-- default view.

alter table quote drop constraint quote_store_id_fkey;

create function delete_quotes_of_store() returns trigger
language plpgsql
as $$
begin
    delete from quote
    where store_id = old.store_id;
    return null;
end
$$;

create trigger store_deletes_quotes
after delete on store
for each row execute function delete_quotes_of_store();

-- A document of usual size is not worth compressing at every change.
alter table quote set (toast_tuple_target = 4080);
