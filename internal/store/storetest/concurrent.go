package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"hookswitch/internal/store"
)

// add reads, decides and swaps, as every writer must that depends on what it read.
func add(id string, n int64) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		var balance, version int64
		if err := tx.QueryRow("SELECT balance, version FROM account WHERE id = $1", store.Args{id}, &balance, &version); err != nil {
			return err
		}
		return tx.Exec(1, "UPDATE account SET balance = $1, version = $2 WHERE id = $3 AND version = $4",
			balance+n, version+1, id, version)
	}
}

// eventually repeats an Update that gives up after a few lost races.
func eventually(ctx context.Context, db *store.DB, fn func(*store.Tx) error) error {
	for {
		if err := db.Update(ctx, fn); !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
}

func compareAndSwap(t *testing.T, open Open) {
	db := start(t, open, store.Options{Writers: 3})
	const workers, rounds = 16, 20
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		for i := range rounds {
			if err := tx.Exec(1, "INSERT INTO task (id) VALUES ($1)", i); err != nil {
				return err
			}
		}
		return nil
	}))
	var winners [rounds]atomic.Int32
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range rounds {
				if err := eventually(t.Context(), db, add("ana", 1)); err != nil {
					t.Error(err)
				}
				won := false
				if err := db.Update(t.Context(), func(tx *store.Tx) error {
					var id int64
					err := tx.QueryRow("UPDATE task SET owner = $1 WHERE id = $2 AND owner = '' RETURNING id",
						store.Args{fmt.Sprint("worker ", w), i}, &id)
					won = err == nil
					if errors.Is(err, store.ErrNotFound) { // "no" is a value
						return nil
					}
					return err
				}); err != nil {
					t.Error(err)
				}
				if won {
					winners[i].Add(1)
				}
			}
		})
	}
	wg.Wait()
	if got := number(t, db, "SELECT balance FROM account WHERE id = 'ana'"); got != 100+workers*rounds {
		t.Errorf("balance %d", got)
	}
	for i := range winners {
		if n := winners[i].Load(); n != 1 {
			t.Errorf("task %d has %d winners", i, n)
		}
	}
}

func twoNodes(t *testing.T, open Open) {
	nodes := []*store.DB{start(t, open, store.Options{}), start(t, open, store.Options{Writers: 2})}
	const workers, rounds = 4, 10
	var wg sync.WaitGroup
	for _, db := range nodes {
		for range workers {
			wg.Go(func() {
				for i := range rounds {
					from, to := "ana", "bo"
					if i%2 == 0 {
						from, to = to, from
					}
					if err := eventually(t.Context(), db, func(tx *store.Tx) error {
						if err := add(from, -1)(tx); err != nil {
							return err
						}
						return add(to, +1)(tx)
					}); err != nil {
						t.Error(err)
					}
					if got := number(t, db, "SELECT sum(balance) FROM account"); got != 300 {
						t.Errorf("sum %d", got)
					}
				}
			})
		}
	}
	wg.Wait()
	if got := number(t, nodes[0], "SELECT sum(version) FROM account"); got != 2*2*workers*rounds {
		t.Errorf("%d swaps", got)
	}
}

func claims(t *testing.T, open Open) {
	nodes := []*store.DB{start(t, open, store.Options{Writers: 2}), start(t, open, store.Options{Writers: 2})}
	const tasks, workers = 200, 8
	must(t, nodes[0].Update(t.Context(), func(tx *store.Tx) error {
		for i := range tasks {
			if err := tx.Exec(1, "INSERT INTO task (id, ready) VALUES ($1, $1)", i); err != nil {
				return err
			}
		}
		return nil
	}))
	claim := "UPDATE task SET owner = $1 WHERE id IN (SELECT id FROM task WHERE owner = '' ORDER BY ready LIMIT 7 " +
		nodes[0].Dialect().Claim + ") RETURNING id"
	var mu sync.Mutex
	owners := map[int64][]string{}
	var wg sync.WaitGroup
	for w := range workers {
		db, me := nodes[w%len(nodes)], fmt.Sprint("worker ", w)
		wg.Go(func() {
			for {
				var got []int64
				if err := db.Update(t.Context(), func(tx *store.Tx) error {
					got = nil
					return tx.Query(claim, store.Args{me}, func(r store.Row) error {
						got = append(got, 0)
						return r.Scan(&got[len(got)-1])
					})
				}); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, id := range got {
					owners[id] = append(owners[id], me)
				}
				mu.Unlock()
				if len(got) == 0 && number(t, db, "SELECT count(*) FROM task WHERE owner = ''") == 0 {
					return
				}
			}
		})
	}
	wg.Wait()
	for id, who := range owners {
		if len(who) != 1 {
			t.Errorf("task %d was claimed by %v", id, who)
		}
	}
	if len(owners) != tasks {
		t.Errorf("%d of %d tasks were claimed", len(owners), tasks)
	}
}
