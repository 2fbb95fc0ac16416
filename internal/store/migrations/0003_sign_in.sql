-- +goose Up

-- Tokens are found by their SHA-256: none of them can be read here.
CREATE TABLE authn_transactions (
    digest       TEXT PRIMARY KEY,
    status       TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    factor_id    TEXT NOT NULL,
    challenge_id TEXT NOT NULL,
    created      BIGINT NOT NULL,
    expires      BIGINT NOT NULL,
    version      BIGINT NOT NULL
);
CREATE INDEX authn_transactions_expires ON authn_transactions (expires);

CREATE TABLE session_tokens (
    digest      TEXT PRIMARY KEY,
    user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    password_at BIGINT NOT NULL,
    factor_at   BIGINT,
    channel     TEXT NOT NULL,
    expires     BIGINT NOT NULL
);
CREATE INDEX session_tokens_expires ON session_tokens (expires);

CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    digest      TEXT NOT NULL UNIQUE,
    user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    password_at BIGINT NOT NULL,
    factor_at   BIGINT,
    channel     TEXT NOT NULL,
    created     BIGINT NOT NULL,
    expires     BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expires ON sessions (expires);

-- A row stands here while the last passwords that were tried for the user were wrong.
CREATE TABLE wrong_passwords (
    user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    tries   BIGINT NOT NULL
);

CREATE TABLE setup_tokens (
    digest  TEXT PRIMARY KEY,
    expires BIGINT NOT NULL
);
