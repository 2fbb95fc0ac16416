package main

// storePlants are in how things are kept.
func storePlants() []plant {
	const lane, publish, logSQL = "internal/store/lane.go", "internal/store/publish.go", "internal/store/logsql.go"
	return []plant{
		one("a delivery is written whatever its version", "internal/store/deliveries.go",
			`version = version + 1 WHERE id = $1 AND version = $2`, `version = version + 1 WHERE id = $1 AND $2 > 0`),
		one("a factor is written whatever its version", "internal/store/factors.go", `		WHERE id = $1 AND version = $2`+"`"+`,
		f.ID, f.Version, f.Status,`, `		WHERE id = $1 AND $2 > 0`+"`"+`,
		f.ID, f.Version, f.Status,`),
		one("a factor is anybody's", "internal/store/factors.go", `
		WHERE f.id = $1 AND f.user_id = $2`, `
		WHERE f.id = $1 AND $2 <> ''`),
		one("a commit that failed is answered with success", lane, `j.err = l.conn.Commit()`, `_ = l.conn.Commit()`),
		one("a commit of many that failed is answered with success", publish, `err := l.conn.Commit()
		if err == nil {`, `var err error
		if _ = l.conn.Commit(); err == nil {`),
		one("a transaction is answered before the disk has it", publish, `if err := durable(); err != nil {`, `l.answerEach(jobs)
		if err := durable(); true {
			return
		} else if err != nil {`),
		one("a reader sees what the disk does not have", publish, `if last == nil {`, `if last == nil || ctx.Err() == nil {`),
		one("a commit follows one that may not be on the disk", "internal/store/sqlite/publish.go", `if w.unsound.Load() { // since`, `if false { // since`),
		one("a sync that failed is forgotten", "internal/store/sqlite/publish.go", `p.unsound.Store(true)`, `p.unsound.Store(false)`),
		one("what a failed transaction wrote stays", lane, `if j.err != nil && (tx.wrote || !l.conn.Alive()) {`, `if j.err != nil && !tx.wrote && !l.conn.Alive() {`),
		one("a lost race is not run again", lane, `case errors.Is(err, ErrConflict) && j.runs < maxRuns:`, `case errors.Is(err, ErrConflict) && j.runs < 1:`),
		one("a reader of the log skips an event", logSQL, `s.where("id" + beyond + s.bind(after.Sequence))`, `s.where("id" + beyond + s.bind(after.Sequence+1))`),
		one("a page of the log begins with the last event of the one before", logSQL, `" < ", " DESC"`, `" <= ", " DESC"`),
		one("the end of a search in the log is in it", logSQL, `s.where("published < " + s.bind(q.Until))`, `s.where("published <= " + s.bind(q.Until))`),
		one("a commit is not on the disk", "internal/store/sqlite/open.go", `sync := "synchronous = FULL"`, `sync := "synchronous = NORMAL"`),
		one("a key is kept without an end", "internal/store/idempotency.go", `WHERE key = $1 AND created > $2`, `WHERE key = $1 AND $2 IS NOT NULL`),
	}
}

// signInPlants are on the way in, and in who may do what.
func signInPlants() []plant {
	const session, account = "internal/signin/session.go", "internal/admin/userlife.go"
	return []plant{
		one("a session token is good twice", session, `		if err := tx.DeleteSessionToken(digest); err != nil {
			return err
		}
`, ``),
		one("a session never ends by itself", "session.go", `return now.Before(s.Expires) }`, `return !s.Expires.IsZero() || now.IsZero() }`),
		one("a way in never ends by itself", "authn.go", `return now.Before(a.Expires) }`, `return !a.Expires.IsZero() || now.IsZero() }`),
		one("a passcode of another challenge signs in", "internal/signin/challenge.go", `ChallengeID: st.authn.ChallengeID, Passcode`, `Passcode`),
		one("who is suspended stays in", "internal/signin/state.go", `err == nil && u.Status != hookswitch.UserActive {`, `err == nil && u.Status == hookswitch.UserDeprovisioned {`),
		one("a password opens the way around the passcode", "internal/signin/password.go", `if len(factors) == 0 {`, `if len(factors) <= 1 {`),
		one("a stranger's login takes less time", "internal/password/password.go", `	if !somebody {
		hash = h.nobody
	}`, `	if !somebody {
		return false, nil
	}`),
		one("wrong passwords never lock", "internal/signin/password.go", `if is >= wrongPasswords {`, `if is >= 2*wrongPasswords {`),
		one("a stranger's try is told of to nobody", "internal/signin/password.go", `return State{}, errorOr(tx.AppendEvents(s.strangerFailed(tx, c)), failed)`, `return State{}, errorOr(nil, failed)`),
		one("suspension leaves the sessions", account, `	if to != hookswitch.UserActive {
		if err := tx.DeleteSignInsOf`, `	if to == hookswitch.UserDeprovisioned {
		if err := tx.DeleteSignInsOf`),
		one("a reset leaves the passcode on its way good", account, `if c.State.To(hookswitch.ChallengeCanceled) {`, `if c.State.To(hookswitch.ChallengeCanceled) && u.ID == "" {`),
		one("the last administrator can be taken away", account, `if len(others) == 0 {`, `if len(others) < 0 {`),
		one("a change of a provider is told of to nobody", "internal/admin/provider.go", `return tx.AppendEvents(s.event(tx, kind, origin, providerEntity(p), data...))`, `_ = s.event(tx, kind, origin, providerEntity(p), data...)
		return nil`),
		one("a setup link is good for ever", "internal/admin/setup.go", `(taken || !tx.Now().Before(t.Expires))`, `(taken || t.Expires.IsZero())`),
		one("a token that ended is good", "internal/admin/token.go", `!t.ExpiresAt.IsZero() && !tx.Now().Before(t.ExpiresAt)`, `!t.ExpiresAt.IsZero() && tx.Now().IsZero()`),
	}
}
