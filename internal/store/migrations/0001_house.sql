-- +goose Up

CREATE TABLE orgs (
    id       TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    version  BIGINT NOT NULL
);

CREATE TABLE users (
    id             TEXT PRIMARY KEY,
    login_key      TEXT NOT NULL UNIQUE,
    status         TEXT NOT NULL,
    first_name     TEXT NOT NULL,
    last_name      TEXT NOT NULL,
    email          TEXT NOT NULL,
    profile        TEXT NOT NULL,
    password_hash  TEXT NOT NULL,
    created        BIGINT NOT NULL,
    activated      BIGINT,
    status_changed BIGINT,
    last_updated   BIGINT NOT NULL,
    last_login     BIGINT,
    version        BIGINT NOT NULL
);

CREATE TABLE user_roles (
    id           TEXT PRIMARY KEY,
    user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role         TEXT NOT NULL,
    created      BIGINT NOT NULL,
    last_updated BIGINT NOT NULL,
    UNIQUE (user_id, role)
);

CREATE TABLE api_tokens (
    id           TEXT PRIMARY KEY,
    digest       TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    role         TEXT NOT NULL,
    created      BIGINT NOT NULL,
    last_updated BIGINT NOT NULL,
    expires      BIGINT
);

CREATE TABLE factors (
    id           TEXT PRIMARY KEY,
    user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel      TEXT NOT NULL,
    pending      BOOLEAN NOT NULL,
    phone        TEXT NOT NULL,
    extension    TEXT NOT NULL,
    status       TEXT NOT NULL,
    created      BIGINT NOT NULL,
    last_updated BIGINT NOT NULL,
    challenge_id TEXT NOT NULL,
    challenge_expires BIGINT,
    wrong_in_row BIGINT NOT NULL,
    wrong_total  BIGINT NOT NULL,
    locked_until BIGINT,
    version      BIGINT NOT NULL,
    UNIQUE (user_id, channel, pending)
);
CREATE INDEX factors_phone ON factors (phone);

CREATE TABLE challenges (
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
);

CREATE TABLE deliveries (
    id           TEXT PRIMARY KEY,
    challenge_id TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    factor_id    TEXT NOT NULL,
    channel      TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    phone        TEXT NOT NULL,
    country      TEXT NOT NULL,
    country_code BIGINT NOT NULL,
    language     TEXT NOT NULL,
    state        TEXT NOT NULL,
    provider     TEXT NOT NULL,
    provider_id  TEXT NOT NULL,
    reference    TEXT NOT NULL,
    status       TEXT NOT NULL,
    status_raw   TEXT NOT NULL,
    status_code  TEXT NOT NULL,
    failure      TEXT NOT NULL,
    attempts     TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    origin       TEXT NOT NULL,
    created      BIGINT NOT NULL,
    settled      BIGINT,
    owner        TEXT NOT NULL,
    lease        BIGINT,
    due          BIGINT,
    deadline     BIGINT,
    feedback     TEXT NOT NULL,
    notes        BIGINT NOT NULL,
    version      BIGINT NOT NULL
);
CREATE INDEX deliveries_due ON deliveries (due) WHERE due IS NOT NULL;
CREATE INDEX deliveries_reference ON deliveries (reference) WHERE reference <> '';
CREATE INDEX deliveries_phone ON deliveries (phone, created);
CREATE INDEX deliveries_user ON deliveries (user_id, created);

CREATE TABLE status_notes (
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
);

CREATE TABLE limits (
    key     TEXT PRIMARY KEY,
    arrival BIGINT NOT NULL,
    told    BIGINT NOT NULL
);
CREATE INDEX limits_arrival ON limits (arrival);

CREATE TABLE telephony_providers (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    sid          TEXT NOT NULL,
    auth_token   TEXT NOT NULL,
    enabled      BOOLEAN NOT NULL,
    is_primary   BOOLEAN NOT NULL,
    methods      TEXT NOT NULL,
    created      BIGINT NOT NULL,
    last_updated BIGINT NOT NULL,
    version      BIGINT NOT NULL
);
CREATE UNIQUE INDEX telephony_providers_primary ON telephony_providers (is_primary) WHERE is_primary;

CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE provider_health (
    provider_id TEXT NOT NULL,
    country     TEXT NOT NULL,
    ill         BOOLEAN NOT NULL,
    reason      TEXT NOT NULL,
    since       BIGINT NOT NULL,
    until       BIGINT,
    strikes     BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (provider_id, country)
);
CREATE INDEX deliveries_settled ON deliveries (settled) WHERE settled IS NOT NULL;

-- Answers to requests that carried an Idempotency-Key; digest tells the parameters of the first one.
CREATE TABLE idempotency_keys (
    key     TEXT PRIMARY KEY,
    digest  TEXT NOT NULL,
    status  BIGINT NOT NULL,
    headers TEXT NOT NULL,
    body    TEXT NOT NULL,
    created BIGINT NOT NULL
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created);
