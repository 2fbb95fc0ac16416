package postgrestest

// Forgetful are the Settings of a cluster whose tests are not about what survives a crash: nothing is synced, and a fresh
// database is made many times faster.
func Forgetful() []string {
	return []string{"fsync = off", "synchronous_commit = off", "full_page_writes = off"}
}
