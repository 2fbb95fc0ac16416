package sqlite

import (
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// gatherLog lets a connection write its log in pieces as large as it has them. SQLite writes every page of a commit by
// two calls of the system, and each of them may cost the goroutine its processor: that was a third of what a commit
// took. Here what follows one another waits in memory, until SQLite wants it on the disk, which it does at the end of
// every commit and before anybody else is told of it, or does anything else with the file.
//
// For that the methods of the one open file are replaced, as a shim below SQLite's own layer for operating systems would,
// see https://www.sqlite.org/vfs.html. The connection must be at synchronous=FULL: without the sync at the end of a
// commit nothing would be written in time.
func (d *database) gatherLog() (*logFile, error) {
	// The log is opened by the first statement that reads.
	s, err := d.prepare("SELECT 1 FROM sqlite_schema LIMIT 1")
	if err != nil {
		return nil, err
	}
	_, err = s.step()
	s.finalize()
	if err != nil {
		return nil, err
	}
	out := d.tls.Alloc(int(pointerSize))
	defer d.tls.Free(int(pointerSize))
	if rc := sqlite3.Xsqlite3_file_control(d.tls, d.db, 0, sqlite3.SQLITE_FCNTL_JOURNAL_POINTER, out); rc != sqlite3.SQLITE_OK {
		return nil, d.problem(rc)
	}
	file := (*sqlite3.Tsqlite3_file)(at(*(*uintptr)(at(out))))
	p := libc.Xmalloc(d.tls, libc.Tsize_t(unsafe.Sizeof(logFile{})+gatherSize))
	if p == 0 {
		return nil, &Error{code: sqlite3.SQLITE_NOMEM, text: "out of memory"}
	}
	l := (*logFile)(at(p))
	*l = logFile{methods: *(*sqlite3.Tsqlite3_io_methods)(at(file.FpMethods)), under: file.FpMethods, buffer: p + unsafe.Sizeof(logFile{})}
	l.methods.FxWrite = function(logWrite)
	l.methods.FxRead = function(logRead)
	l.methods.FxTruncate = function(logTruncate)
	l.methods.FxSync = function(logSync)
	l.methods.FxFileSize = function(logFileSize)
	l.methods.FxFileControl = function(logFileControl)
	l.methods.FxClose = function(logClose)
	l.methods.FiVersion = 2 // without xFetch: nobody maps a log into memory
	file.FpMethods = p
	return l, nil
}

// gatherSize bounds what waits: SQLite's own layer takes no more in one call. It is some thirty pages.
const gatherSize = 1<<17 - 1

// logFile are the methods of an open log in the place of SQLite's, and behind them what waits to be written. It lies in
// memory that Go does not know.
type logFile struct {
	methods sqlite3.Tsqlite3_io_methods // first: its address is that of the whole
	under   uintptr                     // SQLite's own methods
	buffer  uintptr
	offset  int64 // in the file, of what waits
	size    int64 // of what waits
	header  bool  // the log begins anew with what was written since the last sync
	later   bool  // somebody else syncs what is committed now
	owed    bool  // and there is something
}

func logOf(file uintptr) *logFile {
	return (*logFile)(at((*sqlite3.Tsqlite3_file)(at(file)).FpMethods))
}

func (l *logFile) own() *sqlite3.Tsqlite3_io_methods {
	return (*sqlite3.Tsqlite3_io_methods)(at(l.under))
}

// flush writes what waits. What cannot be written is forgotten: SQLite gives up the whole commit.
func (l *logFile) flush(tls *libc.TLS, file uintptr) int32 {
	if l.size == 0 {
		return sqlite3.SQLITE_OK
	}
	size := l.size
	l.size = 0
	return method[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](l.own().FxWrite)(tls, file, l.buffer, int32(size), l.offset)
}

func logWrite(tls *libc.TLS, file, data uintptr, size int32, offset int64) int32 {
	l := logOf(file)
	l.header = l.header || offset == 0
	if l.size > 0 && (offset != l.offset+l.size || l.size+int64(size) > gatherSize) {
		if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
			return rc
		}
	}
	if int64(size) > gatherSize {
		return method[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](l.own().FxWrite)(tls, file, data, size, offset)
	}
	if l.size == 0 {
		l.offset = offset
	}
	copy(unsafe.Slice((*byte)(at(l.buffer+uintptr(l.size))), size), unsafe.Slice((*byte)(at(data)), size)) //nolint:gosec // it fits, see above
	l.size += int64(size)
	return sqlite3.SQLITE_OK
}

func logRead(tls *libc.TLS, file, into uintptr, size int32, offset int64) int32 {
	l := logOf(file)
	if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return method[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](l.own().FxRead)(tls, file, into, size, offset)
}

func logTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	l := logOf(file)
	if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return method[func(*libc.TLS, uintptr, int64) int32](l.own().FxTruncate)(tls, file, size)
}

func logSync(tls *libc.TLS, file uintptr, flags int32) int32 {
	l := logOf(file)
	if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	if l.later && !l.header {
		l.owed = true
		return sqlite3.SQLITE_OK
	}
	l.header = false
	return method[func(*libc.TLS, uintptr, int32) int32](l.own().FxSync)(tls, file, flags)
}

func logFileSize(tls *libc.TLS, file, into uintptr) int32 {
	l := logOf(file)
	if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return method[func(*libc.TLS, uintptr, uintptr) int32](l.own().FxFileSize)(tls, file, into)
}

func logFileControl(tls *libc.TLS, file uintptr, op int32, arg uintptr) int32 {
	l := logOf(file)
	if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return method[func(*libc.TLS, uintptr, int32, uintptr) int32](l.own().FxFileControl)(tls, file, op, arg)
}

// logClose has nothing to write but what belongs to no commit.
func logClose(tls *libc.TLS, file uintptr) int32 {
	l := logOf(file)
	f := (*sqlite3.Tsqlite3_file)(at(file))
	f.FpMethods = l.under
	libc.Xfree(tls, l.buffer-unsafe.Sizeof(logFile{}))
	return method[func(*libc.TLS, uintptr) int32]((*sqlite3.Tsqlite3_io_methods)(at(f.FpMethods)).FxClose)(tls, file)
}

// function is a function as SQLite's code, which was C, keeps it: f must be one of the package, not a closure.
func function[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) } //nolint:gosec // as SQLite's own Go code does it

// method is the function that SQLite's code keeps at an address.
func method[F any](address uintptr) F {
	return *(*F)(unsafe.Pointer(&address)) //nolint:gosec // as above
}
