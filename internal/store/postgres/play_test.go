package postgres

import "testing"

func TestAQueryOvertakesOnlyWritesThatItCannotSee(t *testing.T) {
	const query = "SELECT c.state FROM challenges c JOIN Deliveries d ON d.challenge_id = c.id WHERE c.id = $1"
	for write, want := range map[string]bool{
		"INSERT INTO limits (key) VALUES ($1)":                         true,
		"INSERT INTO limits(key) VALUES ($1)":                          true,
		"UPDATE limits SET told = $1":                                  true,
		"UPDATE limits AS l SET told = $1":                             true,
		"INSERT INTO challenges (id) VALUES ($1)":                      false,
		"INSERT INTO challenges(id) VALUES ($1)":                       false,
		"INSERT INTO\n\tchallenges\n(id) VALUES ($1)":                  false,
		"UPDATE challenges SET state = $1":                             false,
		"UPDATE deliveries SET state = $1":                             false,
		"UPDATE ONLY challenges SET state = $1":                        false,
		"UPDATE public.challenges SET state = $1":                      false,
		`UPDATE "challenges" SET state = $1`:                           false,
		"UPDATE Challenges SET state = $1":                             false,
		"update limits set told = $1":                                  false,
		"DELETE FROM limits":                                           false,
		"WITH x AS (SELECT 1) INSERT INTO limits (key) SELECT 1":       false,
		"MERGE INTO limits USING challenges ON true WHEN MATCHED THEN": false,
		"": false,
	} {
		if got := independent(query, []statement{{sql: write}}); got != want {
			t.Errorf("%q: %t", write, got)
		}
	}
	if !independent(query, nil) {
		t.Error("nothing was written")
	}
	if independent(query, []statement{{sql: "UPDATE limits SET told = 1"}, {sql: "UPDATE deliveries SET due = 1"}}) {
		t.Error("the second write is to one of its tables")
	}
}
