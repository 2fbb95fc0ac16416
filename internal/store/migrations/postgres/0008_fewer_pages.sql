-- +goose Up

-- The indexes of the log have the whole order of its pages. Without the id a plan for any values found another index
-- cheaper, which has the order and not what is searched, and read the log until a rare event came.
DROP INDEX events_type;
DROP INDEX events_user;
DROP INDEX events_phone;
CREATE INDEX events_type ON events (type, published, id);
CREATE INDEX events_user ON events (user_id, published, id) WHERE user_id <> '';
CREATE INDEX events_phone ON events (phone, published, id) WHERE phone <> '';

-- Room for the next version of a row on its own page: then no index is written when no indexed column changes.
ALTER TABLE challenges SET (fillfactor = 85);
ALTER TABLE factors SET (fillfactor = 85);
