package postgrestest_test

import (
	"context"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"hookswitch/internal/store/postgres/postgrestest"
)

func TestEveryTestHasADatabaseOfItsOwnAndACrashLosesNothing(t *testing.T) {
	var cluster postgrestest.Cluster
	t.Cleanup(cluster.Stop)
	one, other := cluster.Database(t), cluster.Database(t)
	exec := func(url, sql string) error {
		conn, err := pgconn.Connect(context.Background(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		_, err = conn.Exec(context.Background(), sql).ReadAll()
		return err
	}
	if err := exec(one, "CREATE TABLE here (id BIGINT)"); err != nil {
		t.Fatal(err)
	}
	if exec(other, "SELECT * FROM here") == nil {
		t.Error("the table of one database is in the other")
	}
	cluster.Restart(t)
	if err := exec(one, "SELECT * FROM here"); err != nil {
		t.Error(err)
	}
}

func TestStopLeavesNothingBehind(t *testing.T) {
	var cluster postgrestest.Cluster
	var dir string
	t.Run("with a database", func(t *testing.T) {
		u, err := url.Parse(cluster.Database(t))
		if err != nil {
			t.Fatal(err)
		}
		dir = u.Query().Get("host")
	})
	if dir == "" {
		t.Skip("no server")
	}
	cluster.Stop()
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", dir, err)
	}
}
