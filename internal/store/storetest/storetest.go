// Package storetest is the suite that every database of the store passes.
package storetest

import (
	"context"
	"sync"
	"testing"

	"hookswitch/internal/store"
)

// Open opens one and the same database, as often as it is called, like nodes that share it.
type Open func(store.Options) (*store.DB, error)

// Fresh answers how to open a database that nobody has opened before.
type Fresh func(t testing.TB) Open

// Run is the suite.
func Run(t *testing.T, fresh Fresh) {
	for name, test := range map[string]func(*testing.T, Open){
		"WhatUpdateAnsweredSurvivesReopening":          survivesReopening,
		"AnErrorUndoesAllAndIsAnsweredAsItIs":          errorUndoes,
		"AnErrorOfAStatementEndsTheTransaction":        statementErrorEnds,
		"ACountThatIsNotAsExpectedIsAConflict":         unexpectedCount,
		"AConflictIsPlayedAgainAFewTimes":              conflictPlayedAgain,
		"ATransactionReadsItsOwnWrites":                readsOwnWrites,
		"ATransactionHasOneTime":                       oneTime,
		"ATransactionIsOverWhenItsFunctionHasReturned": over,
		"ValuesComeBackAsTheyWere":                     values,
		"AnErrorOfScanIsAnsweredAsItIs":                scanErrors,
		"ThereMayBeAnyNumberOfTexts":                   manyTexts,

		"CompareAndSwapHasOneWinner":            compareAndSwap,
		"NoUpdateIsLostBetweenTwoNodes":         twoNodes,
		"ATaskIsClaimedByOneWorker":             claims,
		"NothingIsSeenBeforeItIsCommitted":      committedOnly,
		"AViewIsOneSnapshot":                    oneSnapshot,
		"AViewDoesNotWrite":                     viewDoesNotWrite,
		"AReaderByCursorSkipsNothing":           cursorSkipsNothing,
		"WhatIsAnsweredIsSeenByEverybody":       answeredIsSeen,
		"BatchesGatherWhatWaits":                batchesGather,
		"ATransactionOfABatchReadsItsOwnWrites": ownWrites,
		"OneBadTransactionIsUndoneAlone":        oneBad,
		"AFailingCommitIsAnsweredToOneAlone":    failingCommit,
		"APanicGoesToItsCaller":                 panics,
		"GoexitIsSurvived":                      goexit,
		"ACallerWhoHasGoneIsNotPlayed":          goneBefore,
		"ACallerWhoGoesInTheQueueIsNotPlayed":   goneInQueue,
		"ACallerWhoGoesLaterGetsTheOutcome":     goneDuring,
		"CloseFinishesWhatIsQueued":             closeFinishes,
		"AfterCloseNothingRuns":                 afterClose,
		"AnOlderProgramRefusesANewerSchema":     newerSchema,
		"NodesThatStartTogetherMigrateOnce":     startTogether,
		"DialectsAnswerTheSame":                 dialects,
	} {
		t.Run(name, func(t *testing.T) { test(t, fresh(t)) })
	}
}

// start opens the database with the suite's tables and a few accounts of 100.
func start(t *testing.T, open Open, opts store.Options) *store.DB {
	t.Helper()
	db := opened(t, open, opts)
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		for _, id := range []string{"ana", "bo", "cy"} {
			if err := tx.Exec(store.AnyRows, "INSERT INTO account (id, balance) VALUES ($1, 100) ON CONFLICT (id) DO NOTHING", id); err != nil {
				return err
			}
		}
		return nil
	}))
	return db
}

// opened has the suite's tables, and is closed when the test ends.
func opened(t testing.TB, open Open, opts store.Options) *store.DB {
	t.Helper()
	opts.Migrations = Migrations()
	db, err := open(opts)
	must(t, err)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// number answers the one number of a query.
func number(t testing.TB, db *store.DB, query string, args ...any) (n int64) {
	t.Helper()
	must(t, db.View(context.Background(), func(tx *store.Tx) error { return tx.QueryRow(query, args, &n) }))
	return n
}

func setBalance(id string, to int64) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		return tx.Exec(1, "UPDATE account SET balance = $1 WHERE id = $2", to, id)
	}
}

// batch is a DB whose commits are made of exactly the functions given to together.
type batch struct {
	*store.DB
	size chan int
}

// gathered opens a DB with one writer whose next commit waits for as many transactions as together brings.
func gathered(t *testing.T, open Open) *batch {
	t.Helper()
	b := &batch{size: make(chan int, 1)}
	b.size <- 1 // start's own
	b.DB = start(t, open, store.Options{Writers: 1, Batch: 1000, Gather: func(waiting int) int { return <-b.size }})
	for _, err := range b.together(t.Context(), func(tx *store.Tx) error { return tx.Exec(store.AnyRows, "DELETE FROM task") }) {
		must(t, err)
	}
	return b
}

// together runs each function in an Update of its own, all in one batch, and answers their outcomes.
func (b *batch) together(ctx context.Context, fns ...func(*store.Tx) error) []error {
	errs := make([]error, len(fns))
	var wg sync.WaitGroup
	b.size <- len(fns)
	for i, fn := range fns {
		wg.Go(func() { errs[i] = b.Update(ctx, fn) })
	}
	wg.Wait()
	return errs
}
