-- +goose Up

-- Rows found by one key stand in the tree of that key, and not in another one beside it: half the pages to write.
CREATE TABLE limits_new (
    key     TEXT PRIMARY KEY,
    arrival BIGINT NOT NULL,
    told    BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO limits_new (key, arrival, told) SELECT key, arrival, told FROM limits ORDER BY key;
DROP TABLE limits;
ALTER TABLE limits_new RENAME TO limits;
CREATE INDEX limits_arrival ON limits (arrival);

CREATE TABLE challenges_new (
    id          TEXT PRIMARY KEY,
    user_id     TEXT NOT NULL,
    factor_id   TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    channel     TEXT NOT NULL,
    phone       TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    state       TEXT NOT NULL,
    digest      TEXT NOT NULL,
    issued      BIGINT NOT NULL,
    expires     BIGINT NOT NULL,
    version     BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO challenges_new (id, user_id, factor_id, purpose, channel, phone, delivery_id, state, digest, issued, expires, version)
    SELECT id, user_id, factor_id, purpose, channel, phone, delivery_id, state, digest, issued, expires, version FROM challenges ORDER BY id;
DROP TABLE challenges;
ALTER TABLE challenges_new RENAME TO challenges;

CREATE TABLE status_notes_new (
    delivery_id     TEXT NOT NULL,
    seq             BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    source          TEXT NOT NULL,
    reference       TEXT NOT NULL,
    fate            TEXT NOT NULL,
    word            TEXT NOT NULL,
    provider_status TEXT NOT NULL,
    provider_code   TEXT NOT NULL,
    failure         TEXT NOT NULL,
    applied         BOOLEAN NOT NULL,
    PRIMARY KEY (delivery_id, seq)
) WITHOUT ROWID;
INSERT INTO status_notes_new (delivery_id, seq, at, source, reference, fate, word, provider_status, provider_code, failure, applied)
    SELECT delivery_id, seq, at, source, reference, fate, word, provider_status, provider_code, failure, applied FROM status_notes
    ORDER BY delivery_id, seq;
DROP TABLE status_notes;
ALTER TABLE status_notes_new RENAME TO status_notes;
