-- Cuts the large tables of a PostgreSQL database of opmaat-server into 16 parts each, by organisation (attachments and
-- membership logs by dossier, which is what they are asked for by). Every primary key holds what its table is cut by.
-- Stop all servers, make a copy (opmaat-server backup), then: psql --single-transaction -v ON_ERROR_STOP=1 -f partition.sql
-- It writes every row once more: have as much room free on the disk as the database takes.
DO $$
DECLARE
    large text[] := ARRAY['rows', 'segments', 'feed', 'streams', 'members', 'wrap_sets', 'pieces', 'statements'];
    parts int := 16;
    name text;
    by_column text;
    keys text;
    index_made text;
    indexes text[];
BEGIN
    FOREACH name IN ARRAY large LOOP
        by_column := CASE WHEN name IN ('pieces', 'statements') THEN 'dossier' ELSE 'organisation' END;
        SELECT pg_get_constraintdef(oid) INTO STRICT keys
            FROM pg_constraint WHERE conrelid = name::regclass AND contype = 'p';
        SELECT coalesce(array_agg(pg_get_indexdef(indexrelid)), '{}') INTO indexes
            FROM pg_index WHERE indrelid = name::regclass AND NOT indisprimary;
        EXECUTE format('ALTER TABLE %I RENAME TO %I', name, name || '_whole');
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS) PARTITION BY HASH (%I)', name, name || '_whole', by_column);
        FOR part IN 0..parts - 1 LOOP
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
                name || '_' || part, name, parts, part);
        END LOOP;
        EXECUTE format('INSERT INTO %I SELECT * FROM %I', name, name || '_whole');
        EXECUTE format('DROP TABLE %I', name || '_whole');
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I %s', name, name || '_pkey', keys);
        FOREACH index_made IN ARRAY indexes LOOP
            EXECUTE index_made;
        END LOOP;
    END LOOP;
END
$$;
