-- +goose Up

-- Names and addresses are searched without regard to case: these columns hold them in lower case, the profile as they are.
UPDATE users SET first_name = lower(first_name), last_name = lower(last_name), email = lower(email);
CREATE INDEX users_first_name ON users (first_name, id);
CREATE INDEX users_last_name ON users (last_name, id);
CREATE INDEX users_email ON users (email, id);
CREATE INDEX users_updated ON users (last_updated, id);
