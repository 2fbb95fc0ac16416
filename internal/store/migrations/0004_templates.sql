-- +goose Up

-- What administrators wrote for messages. A purpose of '' serves every purpose without words of its own.
CREATE TABLE templates (
    id           TEXT PRIMARY KEY,
    channel      TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    name         TEXT NOT NULL,
    text         TEXT NOT NULL,
    language     TEXT NOT NULL,
    translations TEXT NOT NULL,
    limits       TEXT NOT NULL,
    created      BIGINT NOT NULL,
    last_updated BIGINT NOT NULL,
    version      BIGINT NOT NULL
);
CREATE UNIQUE INDEX templates_purpose ON templates (channel, purpose) WHERE purpose <> '';

-- What single countries demand; a country of '' is all the others.
CREATE TABLE regulations (
    country          TEXT PRIMARY KEY,
    senders          TEXT NOT NULL,
    brand_prefix     TEXT NOT NULL,
    opt_out_suffix   TEXT NOT NULL,
    dlt_entity_id    TEXT NOT NULL,
    dlt_template_ids TEXT NOT NULL,
    last_updated     BIGINT NOT NULL,
    version          BIGINT NOT NULL
);
