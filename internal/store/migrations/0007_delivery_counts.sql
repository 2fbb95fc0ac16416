-- +goose Up

-- What became of messages, by the hour in which they were asked for. Settled deliveries are added some time after they
-- were settled, when neither they nor their challenges change any more.
CREATE TABLE delivery_counts (
    hour     BIGINT NOT NULL,
    provider TEXT NOT NULL,
    country  TEXT NOT NULL,
    state    TEXT NOT NULL,
    messages BIGINT NOT NULL,
    verified BIGINT NOT NULL,
    PRIMARY KEY (hour, provider, country, state)
);

-- Up to which time of settling the deliveries are in there.
CREATE TABLE delivery_counts_until (
    settled BIGINT NOT NULL
);
INSERT INTO delivery_counts_until (settled) VALUES (0);
