-- +goose Up

CREATE TABLE events (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    tx        BIGINT NOT NULL,
    published BIGINT NOT NULL,
    uuid      TEXT NOT NULL,
    type      TEXT NOT NULL,
    result    TEXT NOT NULL,
    user_id   TEXT NOT NULL,
    phone     TEXT NOT NULL,
    data      TEXT NOT NULL
);
CREATE INDEX events_published ON events (published);
CREATE INDEX events_type ON events (type, published);
CREATE INDEX events_user ON events (user_id, published) WHERE user_id <> '';
CREATE INDEX events_phone ON events (phone, published) WHERE phone <> '';
