-- How an administrator wants to see each grid of the Admin: which columns, and how many rows a page.

create table admin_view (
    user_id integer not null references admin_user on delete cascade,
    grid text not null,
    -- In no order: a grid shows its columns in its own. Null: those that it shows at first.
    columns text[],
    page_size integer check (page_size > 0),
    primary key (user_id, grid)
);
