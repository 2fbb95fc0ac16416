-- +goose Up

-- Web services of the org's own. headers and auth_value are sealed.
CREATE TABLE inline_hooks (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    type         TEXT NOT NULL,
    active       BOOLEAN NOT NULL,
    uri          TEXT NOT NULL,
    headers      TEXT NOT NULL,
    auth_key     TEXT NOT NULL,
    auth_value   TEXT NOT NULL,
    created      BIGINT NOT NULL,
    last_updated BIGINT NOT NULL,
    version      BIGINT NOT NULL
);
CREATE UNIQUE INDEX inline_hooks_active ON inline_hooks (type) WHERE active;
