package storetest

import (
	"io/fs"
	"testing/fstest"
)

// Migrations are the tables of the suite, in the layout that store.Migrate reads.
func Migrations() fs.FS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)} }
	return fstest.MapFS{
		"0001_bench.sql": file(`
CREATE TABLE pace (k TEXT PRIMARY KEY, tat BIGINT NOT NULL);
CREATE TABLE challenge (id TEXT PRIMARY KEY, state TEXT NOT NULL, attempts BIGINT NOT NULL, expires BIGINT NOT NULL, body TEXT NOT NULL);
CREATE TABLE delivery (id TEXT PRIMARY KEY, challenge TEXT NOT NULL REFERENCES challenge (id), state TEXT NOT NULL, deadline BIGINT NOT NULL);
CREATE INDEX delivery_deadline ON delivery (deadline) WHERE state = 'SENDING';
CREATE TABLE event (id TEXT PRIMARY KEY, published BIGINT NOT NULL, body TEXT NOT NULL);
`),
		"0002_suite.sql": file(`
CREATE TABLE account (id TEXT PRIMARY KEY, balance BIGINT NOT NULL CHECK (balance >= 0), version BIGINT NOT NULL DEFAULT 0);
CREATE TABLE task (id BIGINT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', ready BIGINT NOT NULL DEFAULT 0);
CREATE TABLE parent (id BIGINT PRIMARY KEY);
CREATE TABLE child (id BIGINT PRIMARY KEY, parent BIGINT NOT NULL REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE kind (id BIGINT PRIMARY KEY, t TEXT, n BIGINT, r DOUBLE PRECISION, b BOOLEAN, at BIGINT, j TEXT);
`),
		"sqlite/0003_log.sql": file(`
CREATE TABLE log (tx BIGINT NOT NULL, id INTEGER PRIMARY KEY AUTOINCREMENT, writer BIGINT NOT NULL, n BIGINT NOT NULL);
ALTER TABLE kind ADD COLUMN raw BLOB;
`),
		"postgres/0003_log.sql": file(`
CREATE TABLE log (tx BIGINT NOT NULL, id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, writer BIGINT NOT NULL, n BIGINT NOT NULL);
ALTER TABLE kind ADD COLUMN raw BYTEA;
`),
	}
}
