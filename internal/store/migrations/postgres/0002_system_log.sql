-- +goose Up

-- The log is partitioned by time, so that months are dropped and not deleted row by row. Rows whose month was not made
-- in time go to the default partition.
CREATE TABLE events (
    id        BIGINT GENERATED ALWAYS AS IDENTITY,
    tx        BIGINT NOT NULL,
    published BIGINT NOT NULL,
    uuid      TEXT NOT NULL,
    type      TEXT NOT NULL,
    result    TEXT NOT NULL,
    user_id   TEXT NOT NULL,
    phone     TEXT NOT NULL,
    data      TEXT NOT NULL,
    PRIMARY KEY (published, id)
) PARTITION BY RANGE (published);
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE INDEX events_log ON events (tx, id);
CREATE INDEX events_type ON events (type, published);
CREATE INDEX events_user ON events (user_id, published) WHERE user_id <> '';
CREATE INDEX events_phone ON events (phone, published) WHERE phone <> '';
