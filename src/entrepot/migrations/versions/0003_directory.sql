-- Countries, their regions, and the rates between currencies. The revision fills them from the files in directory/data.

create table directory_country (
    country_id text primary key check (length(country_id) = 2),
    iso3_code text not null check (length(iso3_code) = 3)
);

create table directory_region (
    region_id integer primary key,
    country_id text not null references directory_country,
    -- Text, and not unique within a country: four of the United States' are AE.
    code text not null,
    default_name text not null
);

create index directory_region_country_id on directory_region (country_id);

create table directory_currency_rate (
    currency_from text not null check (length(currency_from) = 3),
    currency_to text not null check (length(currency_to) = 3),
    rate numeric(24, 12) not null,
    primary key (currency_from, currency_to)
);
