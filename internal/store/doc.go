// Package store keeps everything Hookswitch must not lose, on SQLite or on PostgreSQL, from one SQL text.
//
// # Transactions
//
// A caller gives [DB.Update] a function that reads, decides and writes through its [Tx]. When Update returns nil,
// all of it is durable; when it returns an error, none of it is there (but see [ErrUncertain]).
//
// The function is played by a writer that puts the transactions of several callers into one physical commit, so:
//
//   - It does no I/O and waits for nobody: every other writer is waiting for it.
//   - It may be played more than once. It hands results out only by overwriting variables of its caller, and these mean
//     something only after Update returned nil.
//   - "No" is a value, not an error: a wrong code or a refused limit is what the function decided and often wrote
//     down. An error undoes everything the function wrote, and costs the other transactions of the commit a second run.
//   - It returns [ErrConflict] (or passes on the one it got from [Tx.Exec]) when a row was not as it must be because
//     somebody else was faster. It is then played again, against the new state.
//
// On PostgreSQL transactions of several nodes run at READ COMMITTED and side by side, and so do those of one
// node: what the function read may be outdated when it writes. Every write that depends on a read therefore names what
// it saw in its WHERE and how many rows it expects: compare and swap. (SQLite plays one transaction after the other;
// only code that holds on both is right.)
//
// There, too, the transactions of a batch share their round trips. One that queries a table after it has written to it,
// locks rows or writes with RETURNING has to have round trips of its own: read first, then write, where it matters.
//
// # One text
//
// Statements are written for PostgreSQL with $1, $2 …; SQLite binds them by number. Times are BIGINT microseconds, and
// a [time.Time] may be given and scanned directly (the zero time is NULL). JSON is TEXT. What differs is in [Dialect].
package store
