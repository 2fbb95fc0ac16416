package store

import "errors"

// What can be wrong with a statement or a commit, whichever the database. The driver's own error is wrapped beside it.
var (
	// ErrNotFound is answered by QueryRow when no row matches.
	ErrNotFound = errors.New("store: not found")
	// ErrConflict: a row was not there, or was already there, because somebody else was faster. Update answers it only
	// after several runs have all lost; the caller may try later.
	ErrConflict = errors.New("store: conflict")
	// ErrBusy: another process holds the database for too long. Nothing was written; the caller may try later.
	ErrBusy = errors.New("store: busy")
	// ErrFull: no room left on the disk. Nothing was written.
	ErrFull = errors.New("store: full")
	// ErrUnavailable: the database cannot be reached or cannot be written. Nothing was written.
	ErrUnavailable = errors.New("store: unavailable")
	// ErrUncertain: the connection was lost while the commit was on its way, so it may have happened or not.
	ErrUncertain = errors.New("store: outcome unknown")
	// ErrCorrupt: the file is damaged or no database. Only a restore helps.
	ErrCorrupt = errors.New("store: corrupt")
	// ErrClosed: the DB was closed.
	ErrClosed = errors.New("store: closed")
	// ErrNewerSchema: a newer hookswitch has migrated this database; this one would misread it.
	ErrNewerSchema = errors.New("store: the database was migrated by a newer version of hookswitch")
)

// Retryable reports whether the same Update may succeed a moment later, and cannot have happened already.
func Retryable(err error) bool {
	return errors.Is(err, ErrConflict) || errors.Is(err, ErrBusy) || errors.Is(err, ErrUnavailable)
}
