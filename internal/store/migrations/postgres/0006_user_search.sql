-- +goose Up

-- Names and addresses are searched without regard to case: these columns hold them in lower case, the profile as they are.
-- COLLATE "C" orders by bytes, so that an index finds what begins with a text.
ALTER TABLE users
    ALTER COLUMN login_key  TYPE TEXT COLLATE "C",
    ALTER COLUMN first_name TYPE TEXT COLLATE "C",
    ALTER COLUMN last_name  TYPE TEXT COLLATE "C",
    ALTER COLUMN email      TYPE TEXT COLLATE "C";
UPDATE users SET first_name = lower(first_name), last_name = lower(last_name), email = lower(email);
CREATE INDEX users_first_name ON users (first_name, id);
CREATE INDEX users_last_name ON users (last_name, id);
CREATE INDEX users_email ON users (email, id);
CREATE INDEX users_updated ON users (last_updated, id);
