package doctor

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Database is what was read of the database.
type Database struct {
	Name    string // sqlite or postgres
	Version string // as the database tells it
	Schema  int64  // 0: empty
	Newest  int64  // the newest schema of this program
	// Durable are PostgreSQL's settings that decide whether an answered commit survives; each should be on.
	Durable map[string]string
}

// oldestPostgres is the oldest major version that is tested.
const oldestPostgres = 15

// JudgeDatabase judges the version, the schema and the durability. err is why it could not be read.
func JudgeDatabase(d Database, err error) []Finding {
	const check = "database"
	if err != nil {
		return []Finding{failure(check, err.Error(), "Check HOOKSWITCH_DATABASE_URL and whether the database runs.")}
	}
	found := []Finding{fine(check, fmt.Sprintf("%s %s, schema %d", d.Name, d.Version, d.Schema))}
	switch {
	case d.Schema == 0:
		found[0] = warn(check, fmt.Sprintf("%s %s, empty", d.Name, d.Version), "Start the server, or restore a backup.")
	case d.Schema > d.Newest:
		found[0] = failure(check, fmt.Sprintf("its schema is %d, this program knows %d", d.Schema, d.Newest), "Use the newer version of Hookswitch that made it.")
	case d.Schema < d.Newest:
		found[0] = warn(check, fmt.Sprintf("its schema is %d, this program brings %d", d.Schema, d.Newest), "Take a backup, then start the server or run: hookswitch migrate")
	}
	major, _, _ := strings.Cut(d.Version, ".")
	if n, err := strconv.Atoi(major); d.Name == "postgres" && err == nil && n < oldestPostgres {
		found = append(found, failure(check, "PostgreSQL "+d.Version+" is too old", fmt.Sprintf("Use PostgreSQL %d or newer.", oldestPostgres)))
	}
	for _, name := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		if value, ok := d.Durable[name]; ok && !slices.Contains([]string{"on", "remote_apply", "remote_write", "local"}, value) {
			found = append(found, failure("durability", name+" is "+value+": what was answered can be lost with the power", "Set "+name+" = on in postgresql.conf."))
		}
	}
	return found
}

// JudgeKey judges how the master key fits: "fits", "missing" or "wrong".
func JudgeKey(fit, path string) Finding {
	const check = "master key"
	switch fit {
	case "fits":
		return fine(check, path+" opens the secrets")
	case "missing":
		return failure(check, "there is no key at "+path, "Put the key file of this installation there, or name it with HOOKSWITCH_MASTER_KEY_FILE. A new key cannot open the old secrets.")
	default:
		return failure(check, path+" does not open the secrets", "Put the key file of this installation there; it is the one that was made at its first start.")
	}
}

// slowDisk is the number of synced writes a second below which a commit takes over 10 ms.
const slowDisk = 100

// JudgeDisk judges how often a second the disk of the database makes a write durable.
func JudgeDisk(dir string, synced float64, err error) Finding {
	const check = "disk"
	switch {
	case err != nil:
		return failure(check, fmt.Sprintf("%s cannot be written: %v", dir, err), "Check the permissions and the free space.")
	case synced < slowDisk:
		return warn(check, fmt.Sprintf("%.0f synced writes a second: each commit waits %.0f ms", synced, 1000/synced), "Put the database on a local disk, best an SSD with power-loss protection.")
	default:
		return fine(check, fmt.Sprintf("%.0f synced writes a second", synced))
	}
}

// JudgeDistance judges the time of one exchange with a database on another machine; several make one answer of ours.
func JudgeDistance(trip time.Duration) Finding {
	const check = "distance to the database"
	found := fmt.Sprintf("%.1f ms an exchange", float64(trip)/float64(time.Millisecond))
	if trip > 10*time.Millisecond {
		return warn(check, found, "Put the server into the database's data centre.")
	}
	return fine(check, found)
}

// Offset is how far another clock is ahead of ours.
type Offset struct {
	Source string
	Ahead  time.Duration
	Within time.Duration // how exactly that is known
}

// JudgeClock judges our clock by others. Carriers refuse requests signed at a time that is not theirs, and passcodes live
// by minutes.
func JudgeClock(others []Offset) Finding {
	const check = "clock"
	const next = "Synchronise this machine's clock, for example with chrony or systemd-timesyncd."
	if len(others) == 0 {
		return skip(check, "no other clock could be asked")
	}
	worst := slices.MaxFunc(others, func(a, b Offset) int { return int(beyond(a) - beyond(b)) })
	off := worst.Ahead.Abs().Round(100 * time.Millisecond)
	found := fmt.Sprintf("%s apart from %s", off, worst.Source)
	switch d := beyond(worst); {
	case d > time.Minute:
		return failure(check, found, next)
	case d > 2*time.Second:
		return warn(check, found, next)
	default:
		return fine(check, "agrees with "+worst.Source)
	}
}

func beyond(o Offset) time.Duration { return max(0, o.Ahead.Abs()-o.Within) }

// JudgePublicURL judges the address under which carriers and browsers reach us. status is what its /healthz answered.
func JudgePublicURL(public string, status int, err error) []Finding {
	const check = "public URL"
	u, unread := url.Parse(public)
	switch {
	case unread != nil:
		return []Finding{failure(check, "it cannot be read", "Set HOOKSWITCH_PUBLIC_URL to https:// and the name of this server.")}
	case err != nil:
		return []Finding{failure(check, fmt.Sprintf("%s does not answer: %v", public, err), "Start the server; check the name, the certificate and the proxy before it.")}
	case status != 200:
		return []Finding{failure(check, fmt.Sprintf("%s/healthz answers with status %d", public, status), "Something else answers there, or the proxy does not pass everything on. Compare HOOKSWITCH_PUBLIC_URL with it.")}
	}
	found := []Finding{fine(check, public+" answers")}
	address, _ := netip.ParseAddr(u.Hostname()) // none when it is a name
	switch private := u.Hostname() == "localhost" || address.IsLoopback() || address.IsPrivate(); {
	case private:
		found = append(found, warn(check, "carriers cannot reach "+public, "On a server set HOOKSWITCH_PUBLIC_URL to its name in the internet: without callbacks statuses come late, by asking."))
	case u.Scheme != "https":
		found = append(found, failure(check, public+" is not encrypted: passwords and sessions can be read on their way", "Put a proxy with a certificate before it and use https://."))
	}
	return found
}
