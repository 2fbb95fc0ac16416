package delivery

import (
	"testing"
	"time"

	"hookswitch"
)

func TestADeliveryIsLookedAtAgainWhenItsAgeHasDoubledAndAtItsDeadline(t *testing.T) {
	d := hookswitch.Delivery{State: hookswitch.Sent, Created: noon, Deadline: noon.Add(15 * time.Minute)}
	for age, want := range map[time.Duration]time.Duration{
		0: 15 * time.Second, 14 * time.Second: 15 * time.Second, 15 * time.Second: 30 * time.Second, time.Minute: 2 * time.Minute,
		8 * time.Minute: 15 * time.Minute,
		// The process was away for longer: its message must not wait for its age to double once more.
		15 * time.Minute: 15 * time.Minute, 24 * time.Hour: 15 * time.Minute,
	} {
		if got := nextDue(d, noon.Add(age)).Sub(noon); got != want {
			t.Errorf("at %s: due at %s, want %s", age, got, want)
		}
	}
}
