// Package backup writes all that a database holds into one file, while servers use it, and fills an empty database from
// such a file. The file is the same for SQLite and PostgreSQL, so it also takes an installation from one to the other.
//
// It is JSON, a line each, compressed with gzip:
//
//	{"hookswitch":"backup","format":1,"version":"1.4.0","schema":6,"database":"sqlite","created":"2026-01-02T03:04:05Z","rows":4711}
//	{"table":"users","columns":["id","login_key", …]}
//	["00u…","ana@example.com", …]
//	…
//	{"end":true,"rows":4711}
//
// A row is an array in the order of the columns: texts, whole numbers, true, false and null; bytes that are no UTF-8 as
// {"base64":"…"}. A table comes after those its rows refer to. The last line tells a whole file from one that was cut.
//
// The secrets in it are encrypted under the master key, as they are in the database; the key itself is not in it.
package backup
