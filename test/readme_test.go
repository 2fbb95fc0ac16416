package test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The commands of the README are what a newcomer types first, so they are run as they stand there.
func TestTheREADMEsFirstCodeWorks(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(readme), "```sh\n")
	if len(blocks) != 3 {
		t.Fatalf("the README has %d blocks of commands, and this test knows two: make run, and the first code", len(blocks)-1)
	}
	script, _, _ := strings.Cut(blocks[2], "```")
	eachDatabase(t, func(t *testing.T, url string) {
		shell := exec.Command("bash", "-euo", "pipefail", "-c", script)
		shell.Env = startDemo(t, url).environ()
		out, err := shell.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		for _, want := range []string{`"status":"ACTIVE"`, "system.sms.send_phone_verification_message", "user.mfa.factor.activate"} {
			if !strings.Contains(strings.ReplaceAll(string(out), `": "`, `":"`), want) {
				t.Errorf("the answers do not hold %s:\n%s", want, out)
			}
		}
	})
}
