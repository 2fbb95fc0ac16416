package hookswitch_test

import (
	"testing"

	"hookswitch"
)

func TestTheStepsOfAnAccountAreThoseOfTheTable(t *testing.T) {
	all := []hookswitch.UserStatus{
		hookswitch.UserStaged, hookswitch.UserProvisioned, hookswitch.UserActive, hookswitch.UserRecovery, hookswitch.UserPasswordExpired,
		hookswitch.UserLockedOut, hookswitch.UserSuspended, hookswitch.UserDeprovisioned,
	}
	// One letter a status, in the order above: what the step leads to, or a point.
	for step, row := range map[hookswitch.Lifecycle]string{
		hookswitch.ActivateUser: "AA.....A", hookswitch.DeactivateUser: "DDDDDDD.", hookswitch.SuspendUser: "..S.....", hookswitch.UnsuspendUser: "......A.",
		hookswitch.UnlockUser: ".....A..", hookswitch.ReactivateUser: ".P.R....", hookswitch.ExpirePassword: "PPPPP...", hookswitch.ResetPassword: "RRRRRR..",
	} {
		for i, from := range all {
			to, open := from.After(step)
			if open != (row[i] != '.') || open && to[0] != row[i] || !open && to != from {
				t.Errorf("%s after %s: %s %v", from, step, to, open)
			}
		}
		if step.Event().DisplayMessage() == string(step.Event()) {
			t.Errorf("%s has no display message", step.Event())
		}
	}
}
