-- What the kit itself keeps: the version of the shared state, and how text is compared.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- One row. Every transaction reads it first; whoever changes stores, configuration, roles or attributes moves it.
create sequence shared_version_seq;

create table shared_version (
    only_row boolean primary key default true check (only_row),
    version bigint not null
);

insert into shared_version (version) values (nextval('shared_version_seq'));

-- Magento's text comparison: no regard to case, accents and trailing spaces. Immutable, so that indexes can use it;
-- the dictionary is named, so the result does not depend on a search path.
create function fold(value text) returns text
language sql immutable strict parallel safe
return lower(public.unaccent('public.unaccent'::regdictionary, rtrim(value, ' ')));
